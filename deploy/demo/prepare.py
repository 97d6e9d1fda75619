"""Fills the demo's database: tables, the shipped plan, believable people. A second run keeps what is there."""

import os
import sys

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from . import PASSWORD


def main() -> None:
    """Says each step as it begins."""
    django.setup()
    from django.utils import timezone

    from recovery.models import Heartbeat
    from recovery.services import heartbeat
    from recovery.services.demo import seeding

    say("preparing the database ...")
    call_command("migrate", verbosity=0, interactive=False)
    say("loading the plan ...")
    call_command("load_plan")
    if not seeding.is_there():
        say("making the demo's people and their last ninety days; this takes a minute, once ...")
    call_command("seed_demo", password=PASSWORD)
    Heartbeat.objects.filter(name="beat").delete()  # the last run's: this run's beat must show itself
    heartbeat.note("auditor", timezone.now())  # it has three minutes to say that all is well


def say(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    try:
        main()
    except CommandError as problem:
        sys.exit(str(problem))
    except DatabaseError as problem:
        sys.exit(f"The database refused ({str(problem).strip()}): check DATABASE_URL, then run make demo again.")
