"""What a trial of a plan came to, class by class, and the figures it should resemble."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .courses import TRAJECTORIES
from .trial import Life

PHASES_SHOWN = ("gentle_stretching", "low_impact", "return_to_running")
RUNNING_BY = (42, 84)
NOTICES_SHOWN = ("E1", "E2", "E3", "E4")
EVERYBODY = "all"
SILENCE = "E9"


@dataclass(frozen=True, slots=True)
class Figures:
    """A class of patients in numbers; nothing stands for "not within the trial" or "not known"."""

    patients: int
    median_day: tuple[int | None, ...]  # of reaching each of PHASES_SHOWN
    running_by: tuple[float | None, ...]  # per cent by each of RUNNING_BY
    step_backs: float | None  # per patient
    notices: tuple[float | None, ...]  # per cent that got each of NOTICES_SHOWN


PUBLISHED: Mapping[str, Figures] = {
    "C1": Figures(2000, (4, 9, 22), (95, 100), 0.01, (0, 0, 0, 0)),
    "C2": Figures(2000, (6, 15, 62), (30, 58), 0.17, (38, 25, 42, 0)),
    "C3": Figures(2000, (6, 24, None), (2, 3), 0.91, (73, 95, 96, 67)),
    "C4": Figures(2000, (6, 15, None), (9, 10), 1.27, (37, 87, 86, 75)),
    "C5": Figures(2000, (22, None, None), (0, 0), 1.55, (99, 100, 100, 89)),
    EVERYBODY: Figures(10_000, (None, None, None), (46, 57), None, (33, 37, 42, None)),
}
"""A prototype of the default rules over 84 days in which nobody left: an orientation, not a target."""


def by_class(lives: Iterable[Life], days: int) -> dict[str, Figures]:
    """The figures of each class and of everybody; no two classes are mixed into one median by chance."""
    known = list(lives)
    groups = {key: [life for life in known if life.key == key] for key in TRAJECTORIES}
    return {key: _figures(group, days) for key, group in {**groups, EVERYBODY: known}.items() if group}


def _figures(lives: Sequence[Life], days: int) -> Figures:
    return Figures(
        patients=len(lives),
        median_day=tuple(median_day(lives, phase) for phase in PHASES_SHOWN),
        running_by=tuple(
            per_cent(life.in_running_by(day) for life in lives) if day <= days else None for day in RUNNING_BY
        ),
        step_backs=round(sum(life.step_backs for life in lives) / len(lives), 2),
        notices=tuple(per_cent(life.raised(code) for life in lives) for code in NOTICES_SHOWN),
    )


def median_day(lives: Sequence[Life], phase: str) -> int | None:
    """The day by which half of them had reached the phase; nothing when fewer than half ever do."""
    reached = sorted(life.reached[phase] for life in lives if phase in life.reached)
    half = (len(lives) + 1) // 2
    return reached[half - 1] if len(reached) >= half else None


def per_cent(marks: Iterable[bool]) -> float:
    """The share that is marked, from 0 to 100."""
    known = list(marks)
    return round(100 * sum(known) / len(known), 1)


def escalated_after_recovery(life: Life) -> bool:
    """Whether a notice other than one of silence came on or after the day of recovery."""
    if life.recovered_on is None:
        return False
    return any(day >= life.recovered_on and not code.startswith(SILENCE) for day, code in life.notices)


def broken_promises(lives: Iterable[Life]) -> list[str]:
    """What no cohort may show: running with high lasting pain, or a notice to somebody quickly recovered."""
    found = []
    for life in lives:
        if life.key == "C5" and life.ran:
            found.append(f"patient {life.number} of C5 ran")
        if life.key == "C1" and escalated_after_recovery(life):
            found.append(f"patient {life.number} of C1 was escalated after recovery")
    return found
