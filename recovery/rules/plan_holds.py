"""Hold conditions a plan may add to a phase; each lets go by itself as the days pass."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from recovery.rules.picture import Picture
from recovery.rules.sessions import GREEN, RED, graded_in_phase
from recovery.rules.state import Record
from recovery.rules.windows import days_to, in_a_row, weekly_rise

Limits = Mapping[str, Any]
Checked = tuple[bool, dict]


def pain(picture: Picture, limits: Limits) -> Checked:
    """One of the last check-ins within the span is at or above the limit."""
    last = days_to(picture.state.window, picture.today, limits["span"])[-limits["count"] :]
    values = [record.check_in.average for record in last]
    return max(values) >= limits["average"], {"averages": values}


def rising_week(picture: Picture, limits: Limits) -> Checked:
    """This week's median lies above last week's, and is high enough to matter."""
    trend = weekly_rise(picture.state.window, picture.today)
    if trend is None:
        return False, {"this_week": None, "last_week": None}
    met = trend[0] - trend[1] >= limits["delta"] and trend[0] >= limits["lowest"]
    return met, {"this_week": trend[0], "last_week": trend[1]}


def more_pain(picture: Picture, limits: Limits) -> Checked:
    """Average pain or the morning is worse than at the check-in before."""
    last = in_a_row(picture.state.window, 2)
    if not last:
        return False, {"averages": [], "mornings": []}
    averages = [record.check_in.average for record in last]
    mornings = [record.check_in.morning for record in last]
    risen = max(averages[1] - averages[0], mornings[1] - mornings[0])
    return risen >= limits["rise"], {"averages": averages, "mornings": mornings}


def red_sessions(picture: Picture, limits: Limits) -> Checked:
    """Sessions of the phase that turned RED within the span."""
    days = [record.day.isoformat() for record in _graded_within(picture, limits) if record.grade == RED]
    return len(days) >= limits["red"], {"sessions": days}


def unsettled_session(picture: Picture, limits: Limits) -> Checked:
    """The latest graded session of the phase, when it is within the span, was anything but GREEN."""
    graded = _graded_within(picture, limits)
    latest = graded[-1].grade if graded else None
    return latest not in (None, GREEN), {"grade": latest}


def _graded_within(picture: Picture, limits: Limits) -> list[Record]:
    """The graded sessions of the phase stay whose grade became known in the last days."""
    first = picture.today - timedelta(days=limits["span"] - 1)
    graded = graded_in_phase(picture.state)
    return [record for record in graded if record.graded_on is not None and record.graded_on >= first]
