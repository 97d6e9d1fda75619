"""Whose turn it is of the questions a check-in asks only now and then."""

from collections.abc import Iterable
from datetime import date, timedelta

from recovery.models import CheckIn, Episode
from recovery.rules import rotation
from recovery.rules.forecast import standing_criteria
from recovery.rules.state import State
from recovery.services.plan_specs import spec_of

DAY = timedelta(days=1)
KEPT_DAYS = 14  # a phone without a network asks in turn for so long


def turn_on(episode: Episode, day: date, rows: Iterable[CheckIn], stored: CheckIn | None) -> tuple[str, ...]:
    """Whose turn it is on this day; a correction also shows what was answered."""
    if episode.is_stopped:
        return _answered_in(stored)
    before = _answered_on(row for row in rows if row.day < day)
    due = rotation.due_on(day, before, episode.phase, _gate_is_near(episode))
    return tuple(item for item in rotation.EVERY_DAYS if item in due or item in _answered_in(stored))


def _answered_in(row: CheckIn | None) -> tuple[str, ...]:
    return tuple(item for item in rotation.EVERY_DAYS if row and getattr(row, item) not in (None, ""))


def _answered_on(rows: Iterable[CheckIn]) -> dict[str, date]:
    """When each question was last answered."""
    return {item: row.day for row in sorted(rows, key=lambda row: row.day) for item in _answered_in(row)}


def _gate_is_near(episode: Episode) -> bool:
    if not episode.state:
        return False
    state = State.from_json(episode.state)
    return rotation.gate_is_near(standing_criteria(spec_of(episode.plan_version_id), state))


def in_turn(episode: Episode, day: date) -> dict[str, str]:
    """For each question that rotates, the coming days on which it is asked, parted by spaces."""
    if episode.is_stopped:
        return {}
    days = [day + number * DAY for number in range(KEPT_DAYS)]
    rows = CheckIn.objects.standing().filter(episode=episode, day__range=(day - rotation.LOOKS_BACK * DAY, day))
    asked = rotation.coming(days, _answered_on(rows), episode.phase, _gate_is_near(episode))
    turns = {item: " ".join(str(on) for on in days if item in asked[on]) for item in rotation.EVERY_DAYS}
    return {item: found for item, found in turns.items() if found}
