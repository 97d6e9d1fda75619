from django.core.management.base import BaseCommand
from django.utils import timezone

from recovery.services import retention


class Command(BaseCommand):
    """The workers do this once a day by themselves; docs/retention.md says what is kept how long."""

    help = "Lets go of what is older than it may be; with --dry-run it only says how much that is."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, dry_run, **options):
        now = timezone.now()
        found = retention.due(now) if dry_run else retention.purge(now)
        for name, count in found.items():
            self.stdout.write(f"{count} {name}")
        self.stdout.write("Nothing was changed." if dry_run else f"{sum(found.values())} rows went.")
