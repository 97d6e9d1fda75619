"""What would move me on: the criteria as they stand, and the shortest run of good days that meets them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from recovery.rules.decide import fold_day, fold_to
from recovery.rules.decision import DayDecision, Finding
from recovery.rules.facts import PHASES, CheckInFact, DayFacts, IntakeFact, SessionFact
from recovery.rules.picture import Picture
from recovery.rules.plan import PlanSpec
from recovery.rules.questions import ways_forward
from recovery.rules.state import State

LOOK_AHEAD_DAYS = 21
FORWARD = ("advance", "level_up")
GOOD_SESSION = SessionFact("done", 0)
GOOD_WALK = SessionFact("done", 0, brisk_walk=True)
NO_SESSION = SessionFact()

PATTERNS: tuple[Callable[[int], bool], ...] = (
    lambda day: False,
    lambda day: day % 2 == 0,
    lambda day: day % 2 == 1,
    lambda day: True,
)
"""Which of the coming days hold a session; the gentlest first."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The criteria of the phase today, and the coming check-ins that would move on.

    `coming` is nothing when good days alone do not suffice; `blocked_by` then names the rule in the way.
    """

    criteria: tuple[Finding, ...]
    coming: tuple[CheckInFact, ...] | None
    earliest: date | None
    blocked_by: str | None


def forecast(plan: PlanSpec, intake: IntakeFact, state: State, day: date) -> Forecast:
    """Look ahead from `day` (the first day that can still be filled in)."""
    criteria = standing_criteria(plan, state)
    if state.stopped or state.awaiting_intake or state.phase == PHASES[-1]:
        return Forecast(criteria, None, None, _latch(state))
    state, _ = fold_to(plan, intake, state, day)
    found = [_search(plan, intake, state, pattern) for pattern in PATTERNS]
    reached = [coming for coming, _ in found if coming]
    if not reached:
        return Forecast(criteria, None, None, found[-1][1])
    shortest = min(reached, key=lambda coming: (len(coming), _sessions(coming)))
    coming = _with_fewest_sessions(plan, intake, state, shortest)
    return Forecast(criteria, coming, coming[-1].day, None)


def standing_criteria(plan: PlanSpec, state: State) -> tuple[Finding, ...]:
    """Each condition of the way forward with its figures, as of the latest check-in."""
    if not state.window:
        return ()
    latest = state.window[-1].check_in
    picture = Picture(plan, state, state.day, latest, gap=0)
    return tuple(finding for way in ways_forward(picture) for finding in way)


def _latch(state: State) -> str:
    if state.stopped:
        return "latched_stop"
    return "reintake" if state.awaiting_intake else "prevention_check"


def _search(
    plan: PlanSpec, intake: IntakeFact, state: State, pattern: Callable[[int], bool]
) -> tuple[tuple[CheckInFact, ...], str | None]:
    """The first day on which a calm day without a session moves on, after sessions by the pattern."""
    coming: tuple[CheckInFact, ...] = ()
    rule = None
    for number in range(LOOK_AHEAD_DAYS):
        last = good_day(state, with_session=False)
        _, decision = _fold(plan, intake, state, last)
        if decision.outcome in FORWARD:
            return (*coming, last), None
        rule = decision.rule
        coming = (*coming, good_day(state, with_session=pattern(number)))
        state, decision = _fold(plan, intake, state, coming[-1])
        if decision.outcome in FORWARD:
            return coming, None
    return (), rule


def _with_fewest_sessions(
    plan: PlanSpec, intake: IntakeFact, state: State, coming: tuple[CheckInFact, ...]
) -> tuple[CheckInFact, ...]:
    """Leave out each session that is not needed."""
    for index, answers in enumerate(coming):
        if answers.session.took_place:
            calm = CheckInFact(answers.day, 0, 0, 0, 0)
            without = (*coming[:index], calm, *coming[index + 1 :])
            if moves_on(plan, intake, state, without):
                coming = without
    return coming


def moves_on(plan: PlanSpec, intake: IntakeFact, state: State, coming: tuple[CheckInFact, ...]) -> bool:
    """Whether exactly these check-ins lead forward on the last of their days."""
    outcome = ""
    for answers in coming:
        state, decision = _fold(plan, intake, state, answers)
        outcome = decision.outcome
    return outcome in FORWARD


def good_day(state: State, with_session: bool) -> CheckInFact:
    """The day after the state, free of pain."""
    walk = GOOD_WALK if state.phase == "low_impact" else GOOD_SESSION
    session = walk if with_session else NO_SESSION
    return CheckInFact(state.day + timedelta(days=1), 0, 0, 0, 0, session)


def _fold(plan: PlanSpec, intake: IntakeFact, state: State, answers: CheckInFact) -> tuple[State, DayDecision]:
    return fold_day(plan, intake, state, DayFacts(answers.day, check_in=answers))


def _sessions(coming: tuple[CheckInFact, ...]) -> int:
    return sum(answers.session.took_place for answers in coming)
