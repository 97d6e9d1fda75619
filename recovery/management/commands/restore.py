from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from recovery.models import Heartbeat
from recovery.services.backups import archive
from recovery.services.backups.refusals import CannotCopy
from recovery.services.backups.settling import settle

ALIVE = timedelta(minutes=3)


class Command(BaseCommand):
    """Puts a backup back, and sees to the hours since it was made."""

    help = "Replaces the database by a backup. Stop web, worker and beat first."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="really: what is in the database now is replaced")
        parser.add_argument("--now", action="store_true", help="although beat was alive a moment ago")

    def handle(self, file, yes, now, **options):
        if not yes:
            raise CommandError("What is in the database now would be replaced. Run it again with --yes to do it.")
        if not now and is_running():
            raise CommandError("Beat was alive within three minutes. Stop web, worker and beat, then add --now.")
        try:
            manifest = archive.put_back_from(file)
        except CannotCopy as problem:
            raise CommandError(str(problem)) from problem
        call_command("migrate", verbosity=0, interactive=False)
        done = settle(manifest.audit, timezone.now())
        self.stdout.write(f"{sum(manifest.rows.values())} rows are back, as they were at {manifest.made_at}.")
        self.stdout.write(f"{done.erased} people were erased again.")
        self.stdout.write(f"{done.withheld} reminders and letters of the time since will not be sent.")
        self.stdout.write(f"{done.told_again} people hear again of a notice nobody has taken.")
        self.stdout.write("Now run verify_decisions and verify_audit, then start web, worker and beat.")


def is_running() -> bool:
    """Whether somebody would write while the database is replaced; a database that cannot answer runs nothing."""
    try:
        return Heartbeat.objects.filter(name="beat", at__gt=timezone.now() - ALIVE).exists()
    except DatabaseError:
        return False
