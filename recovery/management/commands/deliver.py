"""Goes round everything that is due, as the workers do, without a broker."""

import signal
import threading
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from recovery.channels import directory
from recovery.models import Delivery
from recovery.services import sweep

FAILED, UNFINISHED = 1, 3
PROMPT = timedelta(seconds=5)  # one round of the loop: so soon a request to stop is heard


class Command(BaseCommand):
    """Exit 0: nothing that could be done is left. 1: a part failed. 3: there was more than one round could do."""

    help = (
        "Judges silence, turns due reminders into messages and sends what waits. Does what beat and the workers do, "
        "needs no broker, and may run beside them or beside itself. Ends with 0 when nothing is left to do, 1 when a "
        "part failed, 3 when there was more than one round could do."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then end (default: until stopped)")
        parser.add_argument("--every", type=float, default=10, metavar="SECONDS", help="pause between rounds (10)")
        parser.add_argument("--line", choices=sweep.LINES, help="only this line (default: both)")

    def handle(self, *, once, every, line, **_):
        lines = [line] if line else sweep.LINES
        if once:
            raise SystemExit(self._round(lines, sweep.LONGEST))
        over = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: over.set())
        self.stdout.write(f"going round every {every:g} s; Ctrl-C ends it")
        while not over.is_set():
            code = self._round(lines, PROMPT)
            over.wait(0 if code == UNFINISHED else every)
        self.stdout.write("stopped")

    def _round(self, lines, longest) -> int:
        """Makes one round, says what it did, and returns the exit code it deserves."""
        try:
            swept = sweep.run(lines, timezone.now, directory.send, longest)
            left = Delivery.objects.due_by(timezone.now()).count()
        except DatabaseError as problem:
            close_old_connections()
            self.stderr.write(f"The database does not answer ({_first_line(problem)}): check DATABASE_URL.")
            return FAILED
        self._say(swept.done, left)
        if swept.failed:
            self.stderr.write(f"These parts failed, the log says why: {', '.join(swept.failed)}.")
            return FAILED
        return UNFINISHED if left else 0

    def _say(self, done, left: int) -> None:
        parts = [f"{count} {what}" for what, count in done.items() if count]
        if left:
            parts.append(f"{left} still due")
        self.stdout.write(", ".join(parts) or "nothing was due")


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]
