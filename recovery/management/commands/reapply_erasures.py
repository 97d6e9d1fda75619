from django.core.management.base import BaseCommand
from django.utils import timezone

from recovery.services.erasure import reapply


class Command(BaseCommand):
    """After a restore: erases again whoever had been erased since the backup."""

    help = "Erases again everybody the ledger of erasures names; run it after every restore."

    def handle(self, **options):
        self.stdout.write(f"{reapply(timezone.now())} people were erased again.")
