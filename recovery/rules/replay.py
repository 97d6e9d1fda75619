"""Runs a whole history through the rules and shows each day's decision as plain values."""

from collections.abc import Iterator, Mapping

from recovery.rules.case_reading import Case, InvalidCase, read_case
from recovery.rules.decide import DayDecision, fold_day, start
from recovery.rules.decision import Finding
from recovery.rules.facts import DayFacts
from recovery.rules.plan import PlanSpec
from recovery.rules.state import A_DAY, State

__all__ = ["InvalidCase", "decision_to_json", "fold_case", "replay"]


def replay(case: Mapping, plan: PlanSpec) -> list[dict]:
    """One entry per day from the first day to `as_of`; raises InvalidCase."""
    return [decision_to_json(decision) for _, decision in fold_case(read_case(case), plan)]


def fold_case(case: Case, plan: PlanSpec) -> Iterator[tuple[State, DayDecision]]:
    """Each day's state and decision, from the first day to the last."""
    if case.start is not None and case.start.run_level not in (None, *plan.level_keys):
        raise InvalidCase("start.run_level", "must be one of " + ", ".join(plan.level_keys))
    state = start(plan, case.intake, case.start)
    while state.day < case.as_of:
        day = state.day + A_DAY
        state, decision = fold_day(plan, case.intake, state, case.days.get(day) or DayFacts(day))
        yield state, decision


def decision_to_json(decision: DayDecision) -> dict:
    """A decision as plain JSON values."""
    return {
        "day": decision.day.isoformat(),
        "outcome": decision.outcome,
        "phase": decision.phase,
        "run_level": decision.run_level,
        "from_phase": decision.from_phase,
        "rule": decision.rule,
        "findings": [_finding_to_json(finding) for finding in decision.findings],
        "notices": list(decision.notices),
        "checked_in": decision.checked_in,
    }


def _finding_to_json(finding: Finding) -> dict:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "figures": dict(finding.figures),
        "limits": dict(finding.limits),
    }
