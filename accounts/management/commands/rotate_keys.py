from django.core.management.base import BaseCommand, CommandError

from accounts.sealing import WrongKey
from accounts.services.key_rotation import rotate


class Command(BaseCommand):
    """Seals every free text with the newest key of DATA_KEYS; run it after putting a new key in front."""

    help = "Seals again what an older key sealed. Afterwards the older keys can go."

    def handle(self, **options):
        try:
            done = rotate()
        except WrongKey as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{done} texts were sealed with the newest key.")
