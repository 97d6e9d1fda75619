"""One exercise of the patient's plan version, with the dose of their phase."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recovery.models import Episode, Exercise

from .activities import IMPACT_KINDS, RunSession, is_off_for_today, run_session, running_is_off, state_of

COMMON_STOPS = ("S1", "S2", "S3", "S4")
MINUTE = 60


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """How to do it, how much, easier and harder, and when to stop."""

    exercise: Exercise
    dose: dict | None
    stops: Sequence[str]
    cautions: Sequence[str]
    seconds: int
    run: RunSession | None
    is_off: bool

    @property
    def both_sides(self) -> bool:
        """Whether the whole dose is done on each side."""
        return self.exercise.sides == Exercise.Sides.BOTH


def exercise_page(episode: Episode, code: str, today: date) -> ExercisePage | None:
    """An exercise of the episode's plan version; None for a code it does not have."""
    version = episode.plan_version
    found = Exercise.objects.filter(version=version, code=code).first()
    if found is None:
        return None
    prescribed = found.prescriptions.filter(phase__key=episode.phase).first()
    dose = prescribed.dose if prescribed else None
    state = state_of(episode)
    is_off = found.kind in IMPACT_KINDS and running_is_off(state, today)
    has_ladder = bool((dose or {}).get("ladder"))
    return ExercisePage(
        exercise=found,
        dose=dose,
        stops=[version.extras.get("stop_codes", {}).get(key, "") for key in (*COMMON_STOPS, *found.stops)],
        cautions=[version.extras.get("caution_codes", {}).get(key, "") for key in found.cautions],
        seconds=_seconds(dose or {}),
        run=run_session(episode, today) if has_ladder else None,
        is_off=is_off or is_off_for_today(episode, today),
    )


def _seconds(dose: dict) -> int:
    """What a timer counts down: a hold, or the minutes of one go."""
    minutes = dose.get("minutes_usual") or dose.get("minutes_low") or 0
    return int(dose.get("hold_seconds") or dose.get("work_seconds") or minutes * MINUTE)
