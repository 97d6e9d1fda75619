"""Session grades: pain during the session, then how the next morning was."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from recovery.rules.facts import RUNNING_PHASE
from recovery.rules.state import Record, State

RED, AMBER, GREEN, UNGRADED = "red", "amber", "green", "ungraded"
GRADES = (RED, AMBER, GREEN)
RUNNING_PHASES = (RUNNING_PHASE, "prevention")
LATEST_MORNING_AFTER = 2  # a check-in three or more days later says nothing about the session

Limits = Mapping[str, Any]


def grade(
    record: Record, previous: Record | None, following: Record | None, limits: Limits
) -> tuple[str | None, date | None]:
    """The grade of the record's session and the day it became known; nothing while it is pending."""
    session = record.check_in.session
    if not session.took_place:
        return None, None
    if _red_at_once(record, limits):
        return RED, record.known_on
    if following is None:
        return None, None
    known_on = max(record.known_on, following.known_on)
    days = (following.day - record.day).days
    if days > LATEST_MORNING_AFTER:
        return UNGRADED, known_on
    answers = following.check_in
    morning = answers.morning if days == 1 else answers.yesterday_morning
    return _grade_with_morning(record, previous, morning, limits), known_on


def _red_at_once(record: Record, limits: Limits) -> bool:
    """Whether pain in the session, or stopping because of it, is enough on its own."""
    session = record.check_in.session
    limit = limits["d_red_running"] if record.phase in RUNNING_PHASES else limits["d_red"]
    return session.stopped or session.pain >= limit


def _grade_with_morning(record: Record, previous: Record | None, morning: int | None, limits: Limits) -> str:
    """The grade once the next morning is known, or known to be missing."""
    if morning is None:
        return AMBER
    session = record.check_in.session
    risen = morning - record.check_in.morning >= limits["morning_rise"]
    if risen and morning >= limits["morning_floor"]:
        return RED
    if risen or session.pain >= limits["d_amber"] or session.status == "part" or _no_rest_day(record, previous):
        return AMBER
    return GREEN


def _no_rest_day(record: Record, previous: Record | None) -> bool:
    """Whether this is a run on the day after another run."""
    return (
        record.phase == RUNNING_PHASE
        and previous is not None
        and previous.phase == RUNNING_PHASE
        and previous.check_in.session.took_place
        and (record.day - previous.day).days == 1
    )


def regrade(window: tuple[Record, ...], positions: Iterable[int], limits: Limits) -> tuple[Record, ...]:
    """The window with the sessions at these positions graded anew."""
    records = list(window)
    for position in positions:
        if not 0 <= position < len(records) or not records[position].check_in.session.took_place:
            continue  # nothing to grade: a record without a session is made without a grade
        previous = records[position - 1] if position > 0 else None
        following = records[position + 1] if position + 1 < len(records) else None
        mark, known_on = grade(records[position], previous, following, limits)
        if (mark, known_on) != (records[position].grade, records[position].graded_on):
            records[position] = replace(records[position], grade=mark, graded_on=known_on)
    return tuple(records)


def graded_in_phase(state: State) -> list[Record]:
    """The graded sessions of the present phase stay, in the order in which their grades became known."""
    return _graded_from(state, state.phase_from)


def graded_at_level(state: State) -> list[Record]:
    """The graded sessions since the present run level was entered."""
    return _graded_from(state, state.level_from)


def _graded_from(state: State, first: date) -> list[Record]:
    found = [record for record in state.window if record.grade in GRADES and record.check_in.day >= first]
    return sorted(found, key=lambda record: (record.graded_on, record.day))


def pending(window: tuple[Record, ...]) -> bool:
    """Whether the latest session still waits for its next morning."""
    return bool(window) and window[-1].check_in.session.took_place and window[-1].grade is None


def known_today(window: tuple[Record, ...], today: date) -> tuple[Record, ...]:
    """The sessions whose grade became known today."""
    return tuple(record for record in window if record.graded_on == today)
