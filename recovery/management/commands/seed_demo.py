"""Fills an empty database with the demo's people and ninety days of their past."""

import socket
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from recovery.channels import directory
from recovery.content import plans
from recovery.services.demo import seeding

END_OF_WORK = time(17)


class Command(BaseCommand):
    help = "Makes the demo's people and their past through the services; a second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--password", required=True, help="the password of all demo sign-ins")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day of the past; today when left out")
        parser.add_argument("--seed", type=int, default=7, help="the same number gives the same past")
        parser.add_argument("--patients", type=int, default=60, help="how many patients altogether")

    def handle(self, *, password, until, seed, patients, **options):
        if not settings.DEBUG:
            raise CommandError("Demo data needs DEBUG=1, on a machine that holds no real patients.")
        if seeding.is_there():
            self.stdout.write("demo people: already there, nothing changed")
            return
        connection.make_debug_cursor = connection.make_cursor  # else DEBUG asks SQLite again to quote each query
        made = seeding.seed(
            plans.shipped(plans.DEFAULT),
            password,
            present(until),
            seed,
            patients=patients,
            send=directory.send if mail_server_answers() else None,
            tell=self.tell,
        )
        found = f"{made.patients} patients, {made.check_ins} check-ins, {made.escalations} escalations"
        self.stdout.write(f"demo people: {found}")

    def tell(self, day, days, runners):
        """Says every few days how far the past has come."""
        if day % 9 == 0 or day == days:
            self.stdout.write(f"day {day} of {days}, {runners} runners")
            self.stdout.flush()


def present(until: date | None) -> datetime:
    """Where the past ends: now, or late on the given day."""
    now = timezone.now()
    return min(now, datetime.combine(until, END_OF_WORK, UTC)) if until else now


def mail_server_answers() -> bool:
    """Whether anybody listens where e-mail goes."""
    try:
        with socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=2):
            return True
    except OSError:
        return False
