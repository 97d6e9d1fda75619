"""Writes a plan version as a FHIR R4 Bundle, for other systems to read."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recovery.models import PlanVersion
from recovery.services.fhir.bundle import as_json

from .replay import DEFAULT_PLAN


class Command(BaseCommand):
    help = "Write a plan version as HL7 FHIR R4: a Bundle of PlanDefinition and ActivityDefinitions, in JSON."

    def add_arguments(self, parser):
        parser.add_argument("plan", nargs="?", default=DEFAULT_PLAN, help="the plan's key")
        parser.add_argument("--number", type=int, help="a version; the newest published one if left out")
        parser.add_argument("--draft", action="store_true", help="the plan's draft")
        parser.add_argument("--to", type=Path, help="the file to write; standard output if left out")

    def handle(self, *, plan, number, draft, to, **options):
        text = as_json(_version(plan, number, draft), settings.SITE_URL)
        if to is None:
            self.stdout.write(text.decode("utf-8"))
            return
        try:
            to.write_bytes(text)
        except OSError as error:
            raise CommandError(f"to: must be a file that can be written ({error.strerror})") from error


def _version(key: str, number: int | None, draft: bool) -> PlanVersion:
    versions = PlanVersion.objects.filter(plan__key=key).select_related("plan")
    if draft:
        found = versions.drafts().first()
    elif number is None:
        found = PlanVersion.objects.newest(key)
    else:
        found = versions.exclude(status="draft").filter(number=number).first()
    if found is None:
        raise CommandError(f"There is no such version of a plan with the key {key}.")
    return found
