"""A worker that has seen no tick for a while goes round by itself: beat, the broker or both may be gone."""

import logging
import subprocess
import sys
import threading
import time

from celery import bootsteps
from celery.signals import task_received
from django.conf import settings

log = logging.getLogger(__name__)
COMMAND = [sys.executable, "-m", "django", "deliver", "--once"]
PATIENCE = 60  # seconds; Celery's own hard limit


class OwnSweep(bootsteps.StartStopStep):
    """Watches the ticks a worker receives.

    The round is made by a process of its own: the worker forks, so it must hold no database connection, and a mail
    server that hangs must not hang the worker.
    """

    def __init__(self, worker, **_):
        self.after = settings.OWN_SWEEP_AFTER
        self.over, self.seen_at = threading.Event(), time.monotonic()
        self.thread = threading.Thread(target=self._watch, name="own-sweep", daemon=True)
        self.process: subprocess.Popen | None = None

    def start(self, worker):
        task_received.connect(self._note)
        self.thread.start()

    def stop(self, worker):
        self.over.set()
        if self.process and self.process.poll() is None:
            self.process.terminate()

    terminate = stop

    def _note(self, **_):
        self.seen_at = time.monotonic()

    def _watch(self):
        while not self.over.wait(self._left()):
            if self._left() <= 0:
                self._sweep()
                self._note()

    def _left(self) -> float:
        return max(0.0, self.seen_at + self.after - time.monotonic())

    def _sweep(self):
        log.warning("no tick for %s s: this worker goes round by itself", self.after)
        try:
            self.process = subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL)
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            log.error("its own round took longer than %s s and was ended", PATIENCE)
        except OSError:
            log.exception("its own round could not be started")
