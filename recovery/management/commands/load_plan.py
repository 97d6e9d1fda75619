"""Loads the shipped plans; loading one twice changes nothing."""

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recovery.content import plans as shipped_plans
from recovery.services import plans
from recovery.services.refusals import Refused


class Command(BaseCommand):
    help = "Publishes plan files as new versions, unless they are already there."

    def add_arguments(self, parser):
        parser.add_argument("plan", nargs="*", help="a shipped plan's key or a path; every shipped plan if left out")

    def handle(self, *, plan, **options):
        for document in [document_of(name) for name in plan or shipped_plans.names()]:
            try:
                version, is_new = plans.load(document, timezone.now())
            except Refused as refused:
                raise CommandError(str(refused)) from refused
            self.stdout.write(f"{version}: {'published' if is_new else 'already there, nothing changed'}")


def document_of(name: str) -> dict:
    """A shipped plan by its key, or the plan in a file."""
    if name in shipped_plans.names():
        return shipped_plans.shipped(name)
    try:
        return yaml.safe_load(Path(name).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise CommandError(f"{name} could not be read as a plan file: {problem}") from problem
