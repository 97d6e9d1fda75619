import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Clinic, Membership, User
from accounts.services import clinics, people


class Command(BaseCommand):
    """Makes a clinician, an admin or a patient; this is how staff accounts come to be."""

    help = "Makes a person. Without --password they choose one through the page for a forgotten password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--role", choices=User.Role.values, default=User.Role.CLINICIAN)
        parser.add_argument("--name", default="", help="what we call them")
        parser.add_argument("--time-zone", default="UTC", help="for example Europe/Amsterdam")
        parser.add_argument("--clinic", default="", help="name of the clinic they work at; made if it is new")
        parser.add_argument("--lead", action="store_true", help="they lead that clinic")
        parser.add_argument("--password", action="store_true", help="ask for a password, or read one line of input")

    @transaction.atomic
    def handle(self, email, role, **options):
        user = self.person(email, role, options)
        if options["clinic"]:
            self.join(user, options["clinic"], options["lead"])
        self.stdout.write(f"Made {user.email}, {user.get_role_display()}.")

    def person(self, email, role, options):
        try:
            return people.create_person(
                email,
                role,
                self.password() if options["password"] else None,
                display_name=options["name"],
                time_zone=options["time_zone"],
            )
        except people.AlreadyKnown as error:
            raise CommandError(f"Somebody has the address {email} already.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def password(self):
        return getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")

    def join(self, user, name, is_lead):
        clinic = Clinic.objects.filter(name=name).first() or clinics.open_clinic(name)
        role = Membership.Role.LEAD if is_lead else Membership.Role.CLINICIAN
        try:
            clinics.add_member(clinic, user, timezone.now(), role)
        except clinics.NotStaff as error:
            raise CommandError(
                "A patient cannot work at a clinic: leave --clinic out or choose another role."
            ) from error
