"""Runs a worked case that may hold other events, and shows its last day."""

from recovery.rules.replay import replay
from tests.rules.notation import axis, case


def last_day(plan, start: str, history: str, **changes) -> dict:
    """The decision of the last day."""
    return replay(case(start, history, **changes), plan)[-1]


def raised(plan, start: str, history: str, **changes) -> list[str]:
    """All notices on the way."""
    return [notice for day in replay(case(start, history, **changes), plan) for notice in day["notices"]]


def on(number: int, **values: object) -> list[dict]:
    """One event on a day of the case."""
    return [{"day": axis(number).isoformat(), **values}]


def verdict(day: dict) -> tuple:
    """Outcome, phase, run level and rule."""
    return day["outcome"], day["phase"], day["run_level"], day["rule"]
