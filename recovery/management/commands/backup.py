from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recovery.services.backups import archive
from recovery.services.backups.refusals import CannotCopy


class Command(BaseCommand):
    """Writes everything into one file."""

    help = "Makes a backup, while everything runs. Encrypt it and keep it away from this machine."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="default: DATA_DIR/backups/backstride-<time>.tar.gz")

    def handle(self, file, **options):
        now = timezone.now()
        file = file or Path(settings.DATA_DIR) / "backups" / f"backstride-{now:%Y%m%dT%H%M%S}.tar.gz"
        try:
            manifest = archive.write(file, now)
        except CannotCopy as problem:
            raise CommandError(str(problem)) from problem
        size = file.stat().st_size / 1_000_000
        self.stdout.write(f"{sum(manifest.rows.values())} rows are in {file} ({size:.1f} MB).")
