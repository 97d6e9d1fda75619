"""The auditor: looks every minute whether everything that ought to be told is told."""

import logging
import signal
import threading
import urllib.request
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from recovery.channels import directory
from recovery.models import OutboxMessage, Shortfall
from recovery.services import alarms, outbox
from recovery.services.auditor import rounds

log = logging.getLogger(__name__)
OVERLAP = timedelta(minutes=5)  # news is looked at twice: what was committed late is not missed
LONGEST_DELIVERY = timedelta(seconds=15)


class Command(BaseCommand):
    """A process of its own, so that nothing it watches can take it down."""

    help = (
        "Replays the rules over the last fourteen days and looks for missing escalations, overdue steps and stuck "
        "deliveries. Shows a sign of life only when all is well; staff see a banner three minutes after the last one. "
        "With --once: ends with 0 when all is well, 1 when something is missing or late or the round failed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round over every episode, then end")
        parser.add_argument("--every", type=float, default=60, metavar="SECONDS", help="pause between rounds (60)")

    def handle(self, *, once, every, **_):
        if once:
            raise SystemExit(0 if self._all_of_it() else 1)
        over, begun = threading.Event(), timezone.now()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: over.set())
        after, since = None, None
        while not over.is_set():
            now = timezone.now()
            looked = self._round(now, after, since, begun)
            if looked is not None:
                after, since = looked.last, now - OVERLAP
            over.wait(every)

    def _all_of_it(self) -> bool:
        """Every episode, however many rounds that takes."""
        looked, is_clean = self._round(timezone.now(), None, None), True
        while looked is not None and looked.last is not None:
            is_clean &= looked.is_clean
            looked = self._round(timezone.now(), looked.last, None)
        return looked is not None and looked.is_clean and is_clean

    def _round(self, now, after, since, begun=None) -> rounds.Round | None:
        try:
            alarms.watch_beat(now, begun)
            looked = rounds.go_round(now, after, since)
            if looked.is_clean:
                _show_outside()
            else:
                _deliver_the_alarm()
        except DatabaseError as problem:
            close_old_connections()
            self.stderr.write(f"The database does not answer ({type(problem).__name__}): check DATABASE_URL.")
            return None
        self._say(looked)
        return looked

    def _say(self, looked: rounds.Round) -> None:
        verdict = "all is well" if looked.is_clean else f"{looked.standing} missing or late"
        failed = f", {looked.failed} could not be replayed" if looked.failed else ""
        self.stdout.write(f"{looked.replayed} episodes replayed: {verdict}{failed}")
        for row in Shortfall.objects.standing()[:20] if looked.standing else ():
            self.stdout.write(f"  {row.get_kind_display().lower()}: {row.about}, due {row.due_at:%Y-%m-%d %H:%M} UTC")


def _deliver_the_alarm() -> None:
    """By our own hand: perhaps nobody else sends anything."""
    until = timezone.now() + LONGEST_DELIVERY
    outbox.deliver_due(timezone.now, directory.send, until=until, priorities=[OutboxMessage.Priority.SAFETY])


def _show_outside() -> None:
    """A sign of life for a monitor elsewhere, which calls somebody when it stops."""
    if settings.WATCHDOG_URL:
        try:
            urllib.request.urlopen(settings.WATCHDOG_URL, timeout=5).close()
        except OSError as problem:
            log.warning("the outside monitor was not reached: %s", type(problem).__name__)
