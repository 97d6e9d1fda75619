from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.services.lost_factors import forget_factors


class Command(BaseCommand):
    """Helps somebody who lost their second factor and their recovery codes; make sure first that it is them."""

    help = "Removes a person's second factors and signs them out everywhere. They set up a new one at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, email, **options):
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        gone = forget_factors(user, timezone.now())
        self.stdout.write(f"{user.email}: factors removed: {gone}; signed out everywhere.")
