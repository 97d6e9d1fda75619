"""One history under two plans: where they part, who arrives when, and what each would have raised."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from recovery.rules.decide import fold_day, start
from recovery.rules.decision import DayDecision
from recovery.rules.facts import DayFacts, IntakeFact
from recovery.rules.plan import PlanSpec
from recovery.rules.state import A_DAY

STOP = "stop"
"""Stands among the escalations for a warning sign, which is no notice of a plan."""


@dataclass(frozen=True, slots=True)
class Raised:
    """One escalation that only one of the plans raises, or that the second raises on another day.

    `days` is how much later the second plan raises it; nothing when only one of them does.
    """

    code: str
    day: date
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What the second plan would have made differently; days are counted as second minus first."""

    days: int
    first_difference: date | None
    days_elsewhere: int
    arrivals: Mapping[str, int]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    lost: tuple[Raised, ...]
    gained: tuple[Raised, ...]
    moved: tuple[Raised, ...]
    raised: tuple[Mapping[str, int], Mapping[str, int]]


def course(
    plan: PlanSpec, intake: IntakeFact, facts: Mapping[date, DayFacts], through: date
) -> tuple[DayDecision, ...]:
    """Every day's decision from the first day to the last one asked for, the silent days as well."""
    state = start(plan, intake)
    decisions = []
    while state.day < through:
        day = state.day + A_DAY
        state, decision = fold_day(plan, intake, state, facts.get(day) or DayFacts(day))
        decisions.append(decision)
    return tuple(decisions)


def compare(first: Sequence[DayDecision], second: Sequence[DayDecision], counted: Container[str]) -> Beside:
    """Two courses of the same days; `counted` are the notices that somebody is told of."""
    pairs = list(zip(first, second, strict=True))
    unlike = [a.day for a, b in pairs if _told(a) != _told(b)]
    arrived, arrived_too = _arrivals(first), _arrivals(second)
    raised, raised_too = _raised(first, counted), _raised(second, counted)
    lost, gained, moved = _apart(raised, raised_too)
    return Beside(
        days=len(first),
        first_difference=min(unlike, default=None),
        days_elsewhere=sum(a.phase != b.phase for a, b in pairs),
        arrivals={
            phase: (arrived_too[phase] - day).days
            for phase, day in arrived.items()
            if phase in arrived_too and arrived_too[phase] != day
        },
        only_first=tuple(phase for phase in arrived if phase not in arrived_too),
        only_second=tuple(phase for phase in arrived_too if phase not in arrived),
        lost=lost,
        gained=gained,
        moved=moved,
        raised=(_counts(raised), _counts(raised_too)),
    )


def _told(decision: DayDecision) -> tuple:
    """What a patient or a clinic would see of a day."""
    return decision.outcome, decision.phase, decision.run_level, decision.rule, decision.notices, decision.withheld


def _arrivals(course: Sequence[DayDecision]) -> dict[str, date]:
    arrived: dict[str, date] = {}
    for decision in course:
        arrived.setdefault(decision.phase, decision.day)
    return arrived


def _raised(course: Sequence[DayDecision], counted: Container[str]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    for decision in course:
        if decision.outcome == STOP:
            found[STOP].append(decision.day)
        for code in decision.notices:
            if code in counted and code not in decision.withheld:
                found[code].append(decision.day)
    return found


def _counts(raised: Mapping[str, list[date]]) -> dict[str, int]:
    return {code: len(days) for code, days in sorted(raised.items())}


def _apart(
    first: Mapping[str, list[date]], second: Mapping[str, list[date]]
) -> tuple[tuple[Raised, ...], tuple[Raised, ...], tuple[Raised, ...]]:
    """The escalations only the first raises, only the second raises, and those both raise on different days."""
    lost, gained, moved = [], [], []
    for code in sorted({*first, *second}):
        for day, other in zip_longest(first.get(code, ()), second.get(code, ())):
            if other is None:
                lost.append(Raised(code, day))
            elif day is None:
                gained.append(Raised(code, other))
            elif day != other:
                moved.append(Raised(code, day, (other - day).days))
    return tuple(lost), tuple(gained), tuple(moved)
