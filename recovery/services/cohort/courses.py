"""How the average pain of a spell runs over the weeks: five known trajectories, relapses, and their shares.

Shares after Downie et al. 2016 (1585 people, 12 weeks). The anchors are calibrated to that trial's weekly means, not
published values. Recurrence after da Silva et al. 2019: half by day 139 and 69 in 100 within a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

RELAPSE_SHAPE, RELAPSE_SCALE_DAYS = 0.543, 273.0
LIMITING_SHARE = 0.58
CALM = 1.0


@dataclass(frozen=True, slots=True)
class Relapse:
    """Pain coming back: `height` points on top of the course, fading over `lasts` days."""

    starts: float
    height: float
    lasts: float

    def added(self, day: float) -> float:
        """Points added on a day; the full height on the first third, then less and less."""
        passed = (day - self.starts) / self.lasts
        if not 0 <= passed < 1:
            return 0.0
        return self.height * min(1.0, (1 - passed) * 1.5)


@dataclass(frozen=True, slots=True)
class Course:
    """The mean of the daily average pain (0-10), straight lines between anchors of (day, points)."""

    anchors: tuple[tuple[float, float], ...]
    relapses: tuple[Relapse, ...] = ()

    def mean(self, day: float) -> float:
        """Expected average pain so many days after the start."""
        return min(10.0, self._line(day) + sum(relapse.added(day) for relapse in self.relapses))

    def _line(self, day: float) -> float:
        for (left, low), (right, high) in pairwise(self.anchors):
            if day <= right:
                return low + (high - low) * max(0.0, day - left) / (right - left)
        return self.anchors[-1][1]

    def calm_from(self) -> float | None:
        """The first day the mean is almost free of pain and stays there, if there is one."""
        above = [day for day in range(int(self.anchors[-1][0]) + 1) if self._line(day) > CALM]
        calm = above[-1] + 1 if above else 0
        return float(calm) if self._line(calm) <= CALM else None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One class of courses with the share of people who follow it."""

    key: str
    share: float
    course: Course


def _trajectory(key: str, share: float, *points: float) -> Trajectory:
    return Trajectory(key, share, Course(tuple(zip((0, 7, 14, 28, 84), points, strict=True))))


TRAJECTORIES = {
    trajectory.key: trajectory
    for trajectory in (
        _trajectory("C1", 0.358, 6.0, 1.9, 0.6, 0.3, 0.3),
        _trajectory("C2", 0.343, 6.3, 4.2, 3.2, 1.6, 0.4),
        _trajectory("C3", 0.140, 6.4, 4.7, 4.0, 3.2, 2.3),
        _trajectory("C4", 0.105, 6.3, 4.6, 3.0, 2.0, 4.5),
        _trajectory("C5", 0.054, 7.2, 6.6, 6.4, 6.2, 6.2),
    )
}


def allot(count: int) -> list[str]:
    """The classes of so many people in the published proportions, largest remainders first; in class order."""
    exact = {key: trajectory.share * count for key, trajectory in TRAJECTORIES.items()}
    seats = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (seats[key] - exact[key], key))
    for key in by_remainder[: count - sum(seats.values())]:
        seats[key] += 1
    return [key for key, number in seats.items() for _ in range(number)]


def with_recurrence(course: Course, rng: Random) -> Course:
    """The same course with one relapse after it has calmed down, when and how hard by chance."""
    waits = rng.weibullvariate(RELAPSE_SCALE_DAYS, RELAPSE_SHAPE)
    height = 5.0 if rng.random() < LIMITING_SHARE else 2.5
    lasts = rng.uniform(6, 14)
    calm = course.calm_from()
    if calm is None:
        return course
    return Course(course.anchors, (*course.relapses, Relapse(calm + waits, height, lasts)))


def course_through(points: Sequence[Sequence[float]]) -> Course:
    """A course given by hand: (day, points) pairs in order."""
    return Course(tuple((float(day), float(pain)) for day, pain in points))
