"""Loads a shipped plan; loading it twice changes nothing."""

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recovery.services import plans
from recovery.services.refusals import Refused

SHIPPED = Path(__file__).resolve().parents[2] / "content" / "plans"


class Command(BaseCommand):
    help = "Publishes a plan file as a new version, unless it is already there."

    def add_arguments(self, parser):
        parser.add_argument("plan", nargs="?", default="lower-back-running", help="a shipped plan's key or a path")

    def handle(self, *, plan, **options):
        path = SHIPPED / f"{plan}.yaml" if (SHIPPED / f"{plan}.yaml").exists() else Path(plan)
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as problem:
            raise CommandError(f"{path} could not be read as a plan file: {problem}") from problem
        try:
            version, is_new = plans.load(document, timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{version}: {'published' if is_new else 'already there, nothing changed'}")
