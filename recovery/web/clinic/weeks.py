"""Weeks of one patient side by side, and sessions told apart: done, skipped, nothing due, not told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from .history import Day

A_WEEK = 7
BACK = (("this", 0), ("last", 1), ("four_ago", 4))
NEEDED_DAYS = A_WEEK * 5
STRIP_DAYS = A_WEEK * 4


@dataclass(frozen=True, slots=True)
class Sessions:
    """How sessions went, in days. What was not due counts neither for nor against; nor does a day nobody told."""

    done: int = 0
    part: int = 0
    skipped: int = 0
    nothing_due: int = 0
    not_told: int = 0

    @property
    def due(self) -> int:
        """Days on which a session was due, as far as they were told."""
        return self.done + self.part + self.skipped

    @property
    def kept(self) -> int:
        """Days on which some of it was done."""
        return self.done + self.part


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days; medians are None where nobody answered."""

    name: str
    first: date
    last: date
    answered: int
    days: int
    pain: float | None
    function: float | None
    sessions: Sessions
    values: tuple[int | None, ...]


def weeks_of(days: Sequence[Day], today: date) -> list[Week]:
    """This week, last week and the week four weeks ago, as far as the plan had begun; the newest first."""
    found = [_week(name, days, today - timedelta(days=A_WEEK * back)) for name, back in BACK]
    return [week for week in found if week.days]


def sessions_of(days: Sequence[Day], today: date) -> Sessions:
    """The sessions of these days; today without an answer is not held against anybody."""
    states = [state for day in days if (state := state_of(day, today))]
    return Sessions(**{name: states.count(name) for name in ("done", "part", "skipped", "nothing_due", "not_told")})


def state_of(day: Day, today: date) -> str | None:
    """How one day's session went; None for a day that is not over and not told yet."""
    if day.check_in is not None:
        status = day.check_in.session_status
        return "nothing_due" if status == "none" else status
    return None if day.day >= today else "not_told"


def _week(name: str, days: Sequence[Day], last: date) -> Week:
    first = last - timedelta(days=A_WEEK - 1)
    inside = [day for day in days if first <= day.day <= last]
    answers = [day.check_in for day in inside if day.check_in]
    return Week(
        name=name,
        first=first,
        last=last,
        answered=len(answers),
        days=len(inside),
        pain=median(row.average for row in answers) if answers else None,
        function=median(row.function for row in answers) if answers else None,
        sessions=sessions_of(inside, days[-1].day),
        values=tuple(day.check_in and day.check_in.average for day in inside),
    )
