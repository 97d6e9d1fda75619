"""One exercise of the patient's plan version, with the dose of their phase."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recovery.models import CheckIn, Episode, Exercise

from .activities import IMPACT_KINDS, RunSession, activities_of, is_off_for_today, run_session, running_is_off, state_of
from .own_words import in_own_words
from .parts import parts_of

COMMON_STOPS = ("S1", "S2", "S3", "S4")


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """How to do it, how much, easier and harder, and when to stop."""

    exercise: Exercise
    dose: dict | None
    stops: Sequence[str]
    cautions: Sequence[str]
    has_timer: bool
    run: RunSession | None
    is_off: bool


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
        exercise=in_own_words(found, episode),
        dose=dose,
        stops=stops_of(episode, found.stops),
        cautions=[version.extras.get("caution_codes", {}).get(key, "") for key in found.cautions],
        has_timer=_has_timer(episode, found, prescribed, today),
        run=run_session(episode, today) if has_ladder else None,
        is_off=is_off or is_off_for_today(episode, today),
    )


def stops_of(episode: Episode, more: Sequence[str]) -> list[str]:
    """When to stop, in the plan's own words: what holds for every exercise, then what this one adds."""
    words = episode.plan_version.extras.get("stop_codes", {})
    return [words.get(key, "") for key in (*COMMON_STOPS, *more)]


def _has_timer(episode: Episode, found: Exercise, prescribed, today: date) -> bool:
    """Whether it can be done with the timer today: it has parts, and it belongs to today's list."""
    if prescribed is None or not parts_of(prescribed.dose, found.sides, found.kind):
        return False
    average = CheckIn.objects.standing().filter(episode=episode, day=today).values_list("average", flat=True).first()
    return any(each.code == found.code for each in activities_of(episode, today, average))
