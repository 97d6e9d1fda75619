"""Starts everything in order, starts again what dies, stops everything in reverse."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from deploy import processes, valkey

from . import PASSWORD, SIGN_INS, sink
from .child import Child
from .errors import CannotStart
from .folder import Folder

PATIENCE = 90  # seconds until web, worker and beat must have answered
DIRECTLY = build_opener(ProxyHandler({}))  # our own loopback address, whatever proxy the machine has set


class Stopped(BaseException):
    """Somebody asked us to stop."""


class Demo:
    """One run of the demo."""

    def __init__(self, port: int, data: Path):
        self.port, self.address = port, f"http://127.0.0.1:{port}/"
        self.folder = Folder(data)
        self.children: list[Child] = []
        self.mail_server = None

    def run(self) -> int:
        """Until Ctrl-C or SIGTERM: 0."""
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, _stop)
        try:
            self._start()
            self._watch()
        except Stopped:
            say("stopping ...")
        finally:
            self._stop_all()
        say("stopped; the data stay in " + str(self.folder.path))
        return 0

    def _start(self) -> None:
        if not processes.port_is_free(self.port):
            raise CannotStart(
                f"Port {self.port} is in use: stop what uses it, or choose another with make demo PORT={self.port + 1}."
            )
        self.folder.prepare()
        self._start_mail()
        self._start_broker()
        self._prepare_database()
        self._start_app()
        self._wait_until_ready()

    def _start_mail(self) -> None:
        port = processes.free_port()
        self.mail_server = sink.serve(self.folder.mail, port)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="deploy.settings",
            DEBUG="1",
            DEMO="1",
            SECRET_KEY=self.folder.secret(),
            VAPID_PRIVATE_KEY=self.folder.secret("push-key", 32),
            DATA_DIR=str(self.folder.path),
            SITE_URL=self.address,
            EMAIL_URL=f"smtp://127.0.0.1:{port}",
        )

    def _start_broker(self) -> None:
        if os.environ.get("REDIS_URL"):
            return
        say("starting the broker ...")
        listen_on = valkey.socket_path(self.folder.broker)
        self._add("broker", valkey.command(listen_on, self.folder.broker))
        if not processes.wait_until(lambda: valkey.answers(listen_on), seconds=15):
            raise CannotStart(f"The broker did not start: {self.children[-1].last_line()}")
        os.environ["REDIS_URL"] = f"unix://{listen_on}"

    def _prepare_database(self) -> None:
        # In a session of its own, as every child: Ctrl-C is ours to pass on.
        preparing = subprocess.Popen(
            [sys.executable, "-m", "deploy.demo.prepare"],
            stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=processes.die_with_parent(),
        )  # fmt: skip
        try:
            code = preparing.wait()
        finally:
            processes.stop(preparing)
        if code:
            raise CannotStart(f"The demo's data could not be prepared; start afresh by removing {self.folder.path}.")

    def _start_app(self) -> None:
        say("starting web, workers and beat ...")
        python = sys.executable
        bind = f"127.0.0.1:{self.port}"
        celery = [python, "-m", "celery", "-A", "deploy"]
        self._add("web", [python, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", bind, "deploy.wsgi"])
        for line, queues, hands in (("urgent", "urgent", 1), ("routine", "routine,back_tests", 2)):
            how = ["--queues", queues, "--hostname", f"{line}@%h", "--concurrency", hands]
            self._add(f"worker-{line}", [*celery, "worker", *how, "--without-mingle", "--without-gossip"])
        self._add("auditor", [python, "-m", "django", "audit_sending"])
        self._add("beat", [*celery, "beat", "--pidfile", ""])

    def _add(self, name: str, command: list) -> None:
        child = Child(name, command, self.folder.log(name))
        child.start()
        self.children.append(child)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while (lacking := self._lacking()) and time.monotonic() < deadline:
            self._revive()
            time.sleep(0.3)
        if lacking:
            raise CannotStart(f"The demo did not get ready, {lacking} is missing: look into {self.folder.logs}.")
        say(f"ready {self.address}")
        say(f"sign in as {', '.join(SIGN_INS)} with the password {PASSWORD}")
        say(f"e-mails arrive at {self.address}demo/mail/ and Ctrl-C stops everything")

    def _lacking(self) -> str:
        """What /readyz names as missing; nothing when all is fine."""
        try:
            DIRECTLY.open(f"{self.address}readyz", timeout=5).close()
        except HTTPError as refusal:
            return _not_fine(refusal.read())
        except OSError:
            return "web"
        return ""

    def _watch(self) -> None:
        while True:
            self._revive()
            time.sleep(0.5)

    def _revive(self) -> None:
        for child in self.children:
            if child.revive():
                say(f"{child.name} had stopped and was started again: {child.log}")

    def _stop_all(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, signal.SIG_IGN)
        for child in reversed(self.children):
            child.stop()
        if self.mail_server:
            self.mail_server.stop()


def say(line: str) -> None:
    """One line for the person at the terminal."""
    print(line, flush=True)


def _not_fine(answer: bytes) -> str:
    try:
        return ", ".join(part for part, fine in json.loads(answer).items() if not fine)
    except ValueError:
        return "web"


def _stop(sign, frame):
    raise Stopped
