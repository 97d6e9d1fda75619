"""One decision per day: asks the clinical questions in the published order; the most cautious answer wins."""

from datetime import date

from recovery.rules.decision import OUTCOMES, DayDecision, Finding
from recovery.rules.facts import DayFacts, IntakeFact, StartFact
from recovery.rules.plan import PlanSpec
from recovery.rules.state import State

__all__ = ["OUTCOMES", "RULES_VERSION", "DayDecision", "Finding", "fold_day", "fold_to", "start"]

RULES_VERSION = "1"


def start(plan: PlanSpec, intake: IntakeFact, start: StartFact | None = None) -> State:
    """The state before the first day: phase by the entry rule, or as the start fact says."""
    raise NotImplementedError


def fold_day(plan: PlanSpec, intake: IntakeFact, state: State, facts: DayFacts) -> tuple[State, DayDecision]:
    """Fold one calendar day (the day after `state.day`) into the state and decide it."""
    raise NotImplementedError


def fold_to(
    plan: PlanSpec, intake: IntakeFact, state: State, until: date
) -> tuple[State, tuple[DayDecision, ...]]:
    """Fold the days without facts up to, but not including, `until`."""
    raise NotImplementedError
