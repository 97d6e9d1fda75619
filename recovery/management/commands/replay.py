"""Runs one history through the rules and prints each day's decision; needs no database."""

import json
import sys
from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from recovery.content import plans as shipped_plans
from recovery.rules.plan import InvalidPlan, PlanSpec, parse_plan
from recovery.rules.replay import InvalidCase, replay

DEFAULT_PLAN = shipped_plans.DEFAULT
LARGEST_CASE = 20_000_000  # bytes
BAD_INPUT = 2


class Command(BaseCommand):
    """Reads one JSON case from a file or standard input, prints {"days": [...]}."""

    help = "Run one case (JSON, from a file or standard input) through the rules and print every day's decision."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """One optional file; without it the case is read from standard input."""
        parser.add_argument("case", nargs="?", default="-", help="file with the case; - or nothing: standard input")

    def handle(self, *args: object, **options: object) -> None:
        """Print the decisions, or one line that says what is wrong with the input."""
        try:
            case = read_case_file(str(options["case"]))
            plan = load_plan(case)
            days = replay(case, plan)
        except (InvalidCase, InvalidPlan) as fault:
            raise CommandError(" ".join(str(fault).split()), returncode=BAD_INPUT) from None
        self.stdout.write(json.dumps({"days": days}, ensure_ascii=False, indent=1))


def read_case_file(name: str) -> dict:
    """The JSON object in a file or on standard input."""
    try:
        raw = sys.stdin.buffer.read(LARGEST_CASE + 1) if name == "-" else _bytes_of(Path(name))
        if len(raw) > LARGEST_CASE:
            raise InvalidCase("case", f"must be at most {LARGEST_CASE} bytes")
        case = json.loads(raw.decode("utf-8"))
    except OSError as error:
        raise InvalidCase("case", f"must be a readable file ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, InvalidCase):
            raise
        raise InvalidCase("case", "must be one JSON object in UTF-8") from error
    if not isinstance(case, dict):
        raise InvalidCase("case", "must be one JSON object")
    return case


def load_plan(case: dict) -> PlanSpec:
    """The plan a case names: a shipped plan's key or a path to a plan file."""
    name = case.get("plan", DEFAULT_PLAN)
    shipped = shipped_plans.names()
    if not isinstance(name, str) or not name or "\0" in name:
        raise InvalidCase("plan", f"must be a shipped plan ({', '.join(shipped)}) or a path to a plan file")
    try:
        return parse_plan(shipped_plans.shipped(name) if name in shipped else yaml.safe_load(_bytes_of(Path(name))))
    except OSError:
        allowed = f"must be a shipped plan ({', '.join(shipped)}) or a path to a readable plan file"
        raise InvalidCase("plan", allowed) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, InvalidPlan):
            raise
        raise InvalidCase("plan", "must be a plan file in YAML") from error


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_CASE + 1)
