"""What another version of the plan would make of an episode that is moved to it; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from recovery.models import Episode
from recovery.rules.decide import fold_day, fold_to
from recovery.rules.decision import DayDecision
from recovery.rules.facts import DayFacts
from recovery.rules.plan import PlanSpec

from .events import events_from
from .folding import first_intake, state_before
from .plan_course import course_of, ladder_of


@dataclass(frozen=True, slots=True)
class Beside:
    """The last check-in as it was decided, and as the other version would decide it after a move on that day."""

    before: DayDecision
    after: DayDecision

    def as_json(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Both as plain values."""
        return _said(self.before), _said(self.after)


def beside(episode: Episode, plan: PlanSpec, known: Mapping[date, DayFacts] | None = None) -> Beside | None:
    """Both decisions of the last check-in; nothing when nobody has checked in. `known` spares reading the events."""
    day = episode.last_check_in_on
    if day is None:
        return None
    facts = (events_from(episode, day).facts if known is None else known).get(day)
    if facts is None:
        return None
    state, intake, course = state_before(episode, day), first_intake(episode), course_of(episode, day)
    own = course.plan_on(day)
    state, _ = fold_to(own, intake, state, day)
    _, before = fold_day(own, intake, state, facts)
    left = facts.left_levels if facts.plan_moved else ladder_of(course.version_on(day))
    _, after = fold_day(plan, intake, state, replace(facts, plan_moved=True, left_levels=left))
    return Beside(before, after)


def would_tell(episode: Episode, plan: PlanSpec, today: date) -> bool:
    """Whether judging today, when nobody has checked in yet, would raise something before its time."""
    intake, own = first_intake(episode), course_of(episode, today).plan_on(today)
    left = ladder_of(episode.plan_version_id)
    state, passed = fold_to(own, intake, state_before(episode, today), today)
    _, decision = fold_day(plan, intake, state, DayFacts(today, plan_moved=True, left_levels=left))
    shown = episode.shown_through
    return any(each.notices and (shown is None or each.day > shown) for each in (*passed, decision))


def _said(decision: DayDecision) -> dict[str, Any]:
    return {
        "day": decision.day.isoformat(),
        "outcome": decision.outcome,
        "rule": decision.rule,
        "phase": decision.phase,
        "run_level": decision.run_level or "",
        "notices": list(decision.notices),
    }
