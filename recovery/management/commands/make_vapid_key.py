"""Prints a key for notifications on phones."""

from django.core.management.base import BaseCommand

from recovery.channels.web_push import new_private_key


class Command(BaseCommand):
    help = "Prints a new VAPID_PRIVATE_KEY for the environment; made once, changing it silences every phone."
    requires_system_checks = ()

    def handle(self, **options):
        self.stdout.write(f"VAPID_PRIVATE_KEY={new_private_key()}")
