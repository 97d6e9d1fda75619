"""The shipped plan and made-up lives under it, without a database and without Django."""

from functools import cache
from pathlib import Path

import yaml

from recovery.rules.plan import parse_plan
from recovery.services.cohort.habits import STEADY
from recovery.services.cohort.trial import Life, trial

PLAN_FILE = Path(__file__).parents[1] / "recovery/content/plans/lower-back-running.yaml"


@cache
def shipped_document() -> dict:
    """The shipped plan file, read once."""
    return yaml.load(PLAN_FILE.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def lives(count: int, weeks: int, seed: int = 1) -> tuple[Life, ...]:
    """A cohort on the shipped plan, in the published proportions."""
    return tuple(trial(parse_plan(shipped_document()), count, weeks, seed, STEADY, keep_days=True))
