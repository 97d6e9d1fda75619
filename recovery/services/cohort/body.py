"""What one person feels from day to day: the course, a person's own offset, and noise that remembers yesterday.

Daily spread 1.2 points after Pagé et al. 2022; it shrinks near zero, where pain cannot fall further. The memory from
day to day and the links between the answers are design values.
"""

from dataclasses import dataclass, field
from random import Random

from .courses import Course

SPREAD = 1.2
MEMORY = 0.4
MORNING_LINK = 0.6
OWN_SPREAD = 0.8
RUNNING_EXTRA = 0.4


def points(value: float) -> int:
    """A value as a whole number from 0 to 10."""
    return max(0, min(10, round(value)))


@dataclass(frozen=True, slots=True)
class Feeling:
    """A day's pain answers, and the mean they scatter around."""

    mean: float
    average: int
    worst: int
    morning: int
    function: int


@dataclass(slots=True)
class Body:
    """One person's pain; ask for the days in order, each once. `noise` 1 is the published spread, 0 none."""

    rng: Random
    course: Course
    noise: float = 1.0
    offset: float = 0.0
    _residual: float = field(default=0.0, init=False)

    @classmethod
    def somebody(cls, rng: Random, course: Course, noise: float = 1.0) -> "Body":
        """A person with an offset of their own."""
        return cls(rng, course, noise, rng.gauss(0, OWN_SPREAD))

    def feel(self, day: float) -> Feeling:
        """The pain of the day that lies so many days after the start."""
        mean = self.mean_at(day)
        spread = self.noise * SPREAD * min(1.0, (mean + 0.6) / 3)
        self._residual = MEMORY * self._residual + (1 - MEMORY**2) ** 0.5 * self.rng.gauss(0, 1)
        at_dawn = MORNING_LINK * self._residual + (1 - MORNING_LINK**2) ** 0.5 * self.rng.gauss(0, 1)
        average = points(mean + spread * self._residual)
        return Feeling(
            mean=mean,
            average=average,
            worst=points(average + max(0, round(self.rng.gauss(1.3, 0.8 * self.noise)))),
            morning=points(mean + spread * at_dawn),
            function=points(self.rng.gauss(0.8 * mean, 0.8 * self.noise)),
        )

    def in_session(self, feeling: Feeling, running: bool) -> int:
        """The highest pain during the day's session."""
        extra = RUNNING_EXTRA if running else 0.0
        return points(self.rng.gauss(0.7 * feeling.mean, 0.7 * self.noise) + extra)

    def mean_at(self, day: float) -> float:
        """The pain this person's days scatter around, so many days after the start."""
        mean = self.course.mean(day)
        return max(0.0, mean + self.offset * min(1.0, mean / 3))
