"""How faithfully people answer and exercise."""

from dataclasses import dataclass, replace
from random import Random

SETTLES_AFTER_DAYS = 42
TWELVE_WEEKS = 84


@dataclass(frozen=True, slots=True)
class Habits:
    """Chances per day: of leaving a check-in out (rising over six weeks), of doing a planned session, of dropping out.

    `late` answers come the next morning, `forgotten` ones after the day has closed; `corrects` is second thoughts.
    """

    missing_first: float = 0.15
    missing_settled: float = 0.35
    stays_twelve_weeks: float = 0.5
    adherence: float = 0.7
    late: float = 0.05
    forgotten: float = 0.01
    corrects: float = 0.02

    def missing(self, day: float) -> float:
        """The chance that the check-in of this day is left out."""
        grown = min(1.0, day / SETTLES_AFTER_DAYS)
        return self.missing_first + (self.missing_settled - self.missing_first) * grown

    @property
    def drop_out(self) -> float:
        """The chance, each day, of never answering again."""
        return 1 - self.stays_twelve_weeks ** (1 / TWELVE_WEEKS)


BASE = Habits()
LOYAL = Habits(stays_twelve_weeks=1.0)  # as the published figures of the default rules were made: nobody leaves
IDEAL = Habits(0.0, 0.0, 1.0, adherence=1.0, late=0.0, forgotten=0.0, corrects=0.0)
HEAVY = Habits(0.5, 0.6, 0.38)
STEADY = Habits(0.08, 0.18, 0.85)
KINDS = {"base": BASE, "loyal": LOYAL, "ideal": IDEAL, "heavy": HEAVY, "steady": STEADY}


def last_day(habits: Habits, rng: Random) -> float:
    """How many days after the start somebody answers for the last time; infinite for those who stay."""
    if habits.drop_out <= 0:
        return float("inf")
    return rng.expovariate(1) / habits.drop_out


def alike(habits: Habits, **changes) -> Habits:
    """The same habits with some of them changed."""
    return replace(habits, **changes)
