"""One simulated patient lives through a plan, day by day, decided by the very rules that decide for everybody."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random

from recovery.rules.decide import fold_day, start
from recovery.rules.decision import DayDecision
from recovery.rules.facts import RUNNING_PHASE, CheckInFact, DayFacts, IntakeFact
from recovery.rules.plan import PlanSpec
from recovery.rules.running import may_run
from recovery.rules.sessions import RUNNING_PHASES
from recovery.rules.state import State

from .body import Body, points
from .courses import TRAJECTORIES, allot
from .habits import LOYAL, Habits
from .runner import Place, SimulatedRunner

A_DAY = timedelta(days=1)
FIRST_DAY = date(2026, 3, 2)
ONSET = FIRST_DAY - A_DAY
AGE = 34
PLANNED = {"rest": 0.0, "heat_cold": 1.0, "gentle_stretching": 1.0, "low_impact": 1.0}
"""How often a day holds a session, as the shipped plan prescribes it; where nothing is said, as people do."""


@dataclass(frozen=True, slots=True)
class Life:
    """What became of one patient; day 1 is the first day of the plan, the day after the pain began."""

    key: str
    number: int
    reached: dict[str, int]  # phase -> the day on whose evening it was entered first
    notices: tuple[tuple[int, str], ...]
    step_backs: int = 0
    recovered_on: int | None = None
    last_seen: int = 0
    ran: bool = False
    intake: IntakeFact | None = None
    days: tuple[DayFacts, ...] = ()

    def in_running_by(self, day: int) -> bool:
        """Whether the run gate had opened by this day."""
        return self.reached.get(RUNNING_PHASE, day + 1) <= day

    def raised(self, code: str) -> bool:
        """Whether this notice came at any time."""
        return any(code == known for _, known in self.notices)


@dataclass(slots=True)
class Patient:
    """Somebody of one class in front of a plan; the seed and the number make them who they are."""

    plan: PlanSpec
    key: str
    seed: int
    number: int
    habits: Habits = LOYAL
    intake: IntakeFact = field(init=False)
    runner: SimulatedRunner = field(init=False)

    def __post_init__(self) -> None:
        rng = Random(f"{self.seed}/{self.number}")
        body = Body.somebody(rng, TRAJECTORIES[self.key].course)
        self.runner = SimulatedRunner(rng, body, self.habits, FIRST_DAY, PLANNED)
        self.intake = IntakeFact(FIRST_DAY, ONSET, ONSET, AGE, False, points(body.mean_at(0)))

    def live(self, days: int) -> Iterator[tuple[DayFacts, State, DayDecision]]:
        """What they told on each day, the state after it, and what was decided."""
        state = start(self.plan, self.intake)
        for _ in range(days):
            today = state.day + A_DAY
            facts = self._day(state, today)
            state, decision = fold_day(self.plan, self.intake, state, facts)
            yield facts, state, decision

    def _day(self, state: State, today: date) -> DayFacts:
        """The day's answers; the checklist is tried where it is asked for, a new intake given when it is due."""
        answers = self.runner.day(today, place_of(state, today))
        if answers is None:
            return DayFacts(today)
        tries = state.phase == "low_impact" and not state.readiness_passed
        again = self._intake_again(state, answers) if state.awaiting_intake else None
        return DayFacts(today, answers, readiness_passed=True if tries else None, intake=again)

    def _intake_again(self, state: State, answers: CheckInFact) -> IntakeFact:
        return IntakeFact(answers.day, state.onset_on, None, AGE, False, answers.average)


def place_of(state: State, today: date) -> Place:
    """Where the plan has somebody on the morning of a day."""
    if state.stopped:
        return Place("rest")
    flare = state.daily_until is not None and today <= state.daily_until
    weekly = state.phase == RUNNING_PHASES[-1] and not flare
    return Place(state.phase, state.phase in RUNNING_PHASES and may_run(state, today), weekly)


def live(patient: Patient, days: int, keep_days: bool = False) -> Life:
    """The whole course of one patient in figures; `keep_days` keeps what they told as well."""
    notices: list[tuple[int, str]] = []
    kept: list[DayFacts] = []
    step_backs, last_seen, recovered_on, ran = 0, 0, None, False
    place = start(patient.plan, patient.intake).phase
    reached = {place: 1}
    for number, (facts, state, decision) in enumerate(patient.live(days), 1):
        session = facts.check_in is not None and facts.check_in.session.took_place
        ran = ran or (session and place in RUNNING_PHASES)
        last_seen = number if facts.check_in else last_seen
        step_backs += decision.outcome == "step_back"
        notices += ((number, code) for code in decision.notices)
        recovered_on = recovered_on or (number if state.recovered else None)
        place = state.phase
        reached.setdefault(place, number)
        if keep_days:
            kept.append(facts)
    given = (patient.key, patient.number, reached, tuple(notices), step_backs, recovered_on, last_seen, ran)
    return Life(*given, intake=patient.intake if keep_days else None, days=tuple(kept))


def trial(
    plan: PlanSpec,
    patients: int,
    weeks: int,
    seed: int,
    habits: Habits = LOYAL,
    keep_days: bool = False,
    each: Callable[[Callable, Iterable], Iterable[Life]] = map,
) -> Iterable[Life]:
    """A cohort in the published proportions on a plan, shipped or draft; `each` may spread it over processes.

    One seed gives one cohort, whatever `each` is.
    """
    one = partial(_one, plan, weeks * 7, seed, habits, keep_days)
    return each(one, list(enumerate(allot(patients))))


def _one(plan: PlanSpec, days: int, seed: int, habits: Habits, keep_days: bool, who: tuple[int, str]) -> Life:
    number, key = who
    return live(Patient(plan, key, seed, number, habits), days, keep_days)
