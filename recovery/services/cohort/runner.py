"""One simulated runner: what they would answer on a day, given where the plan has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from recovery.rules.facts import CheckInFact, SessionFact

from .body import Body, Feeling, points
from .habits import Habits, last_day

A_DAY = timedelta(days=1)
SESSION_CHANCE = {
    "rest": 0.3,
    "heat_cold": 0.6,
    "gentle_stretching": 0.75,
    "low_impact": 0.7,
    "return_to_running": 1.0,
    "prevention": 0.5,
}
WALKS_BRISKLY_BELOW = 4
WEEK = 7


@dataclass(frozen=True, slots=True)
class Place:
    """Where the plan has somebody at the start of a day."""

    phase: str
    may_run: bool = False
    weekly: bool = False


@dataclass(slots=True)
class SimulatedRunner:
    """Somebody on the plan; ask for the days in order, each once, also for those they will not answer.

    `planned` says for some phases how large a part of the days holds a session, in place of `SESSION_CHANCE`.
    """

    rng: Random
    body: Body
    habits: Habits
    started_on: date
    planned: Mapping[str, float] = field(default_factory=dict)
    leaves_after: float = field(init=False)
    answered: CheckInFact | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.leaves_after = last_day(self.habits, self.rng)

    def day(self, today: date, place: Place) -> CheckInFact | None:
        """The day's answers, or nothing when this day is left out."""
        number = (today - self.started_on).days
        feeling = self.body.feel(number)
        chances = [self.rng.random() for _ in range(8)]
        session = self._session(feeling, place, chances[:4])
        if number > self.leaves_after or self._leaves_out(number, today, place, chances[4]):
            return None
        before, self.answered = self.answered, self._answers(today, number, feeling, session, chances[5:])
        return self._recalling(before)

    def _leaves_out(self, number: int, today: date, place: Place, chance: float) -> bool:
        if place.weekly and self.answered is not None and (today - self.answered.day).days < WEEK:
            return True
        return number > 0 and chance < self.habits.missing(number)

    def _session(self, feeling: Feeling, place: Place, chances: list[float]) -> SessionFact:
        pain = self.body.in_session(feeling, place.phase == "return_to_running")
        planned, kept, partly, brisk = chances
        if place.phase == "return_to_running" and not place.may_run:
            return SessionFact()
        if planned >= self.planned.get(place.phase, SESSION_CHANCE[place.phase]):
            return SessionFact()
        if kept >= self.habits.adherence:
            return SessionFact("skipped" if partly < 0.5 else "none")
        walked = place.phase == "low_impact" and feeling.average < WALKS_BRISKLY_BELOW and brisk < 0.7
        status = "part" if partly < 0.06 else "done"
        return SessionFact(status, pain, stopped=pain >= 6 and brisk < 0.5, brisk_walk=walked)

    def _answers(
        self, today: date, number: int, feeling: Feeling, session: SessionFact, chances: list[float]
    ) -> CheckInFact:
        medicine, woken, _ = chances
        weekly = number % WEEK == 0
        return CheckInFact(
            day=today,
            average=feeling.average,
            worst=feeling.worst,
            morning=feeling.morning,
            function=feeling.function,
            session=session,
            medicine=_medicine(feeling.mean, medicine),
            woken=woken < (feeling.mean - 4.5) / 12,
            confidence=points(self.rng.gauss(9 - 0.7 * feeling.mean, 0.8)) if weekly else None,
            mood=points(self.rng.gauss(8.5 - 0.5 * feeling.mean, 0.8)) if weekly else None,
        )

    def _recalling(self, before: CheckInFact | None) -> CheckInFact | None:
        """Adds yesterday's morning when yesterday was missed after a day with a session."""
        today = self.answered
        if today is None or before is None or not before.session.took_place or today.day - before.day != 2 * A_DAY:
            return today
        self.answered = with_changes(today, yesterday_morning=points(today.morning + self.rng.choice((-1, 0, 0, 1))))
        return self.answered


def with_changes(fact: CheckInFact, **changes) -> CheckInFact:
    """The same day's answers with some of them changed."""
    values = {name: getattr(fact, name) for name in CheckInFact.__slots__}
    return CheckInFact(**{**values, **changes})


def _medicine(mean: float, chance: float) -> str:
    if chance >= (mean - 2) / 8:
        return "none"
    return "prescribed" if mean > 6 and chance < 0.15 else "otc"
