"""Conditions for stepping back a phase; each needs two observations that confirm each other."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from recovery.rules.picture import Picture
from recovery.rules.sessions import RED, graded_in_phase
from recovery.rules.windows import in_a_row_in_phase

Limits = Mapping[str, Any]
Checked = tuple[bool, dict]


def by_pain(picture: Picture, limits: Limits) -> Checked:
    """Average pain at or above the limit on check-ins in a row."""
    return _in_a_row(picture, "average", limits)


def by_function(picture: Picture, limits: Limits) -> Checked:
    """A normal day as hard as the limit or harder on check-ins in a row."""
    return _in_a_row(picture, "function", limits)


def _in_a_row(picture: Picture, item: str, limits: Limits) -> Checked:
    last = in_a_row_in_phase(picture.state, picture.plan.limits["confirm_n"])
    values = [getattr(record.check_in, item) for record in last]
    return bool(values) and min(values) >= limits[item], {f"{item}s": values}


def by_sessions(picture: Picture, limits: Limits) -> Checked:
    """RED sessions among the last graded ones, known on different days, the latest of them today."""
    first = picture.today - timedelta(days=limits["span"] - 1)
    last = graded_in_phase(picture.state)[-limits["last"] :]
    known_on = {
        record.graded_on
        for record in last
        if record.grade == RED and record.graded_on is not None and record.graded_on >= first
    }
    met = len(known_on) >= limits["red"] and picture.today in known_on
    return met, {"red_known_on": [day.isoformat() for day in sorted(known_on)]}
