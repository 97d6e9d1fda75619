"""What to do today: the exercises prescribed for this phase and weekday, with what is off and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recovery.models import Episode, Finding, PrescribedExercise
from recovery.rules.state import State

from .plan_specs import spec_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
IMPACT_KINDS = ("running", "impact_prep", "skill")
RUNNING_KINDS = ("running", "skill", "warm_up")
PREVENTION = "prevention"


@dataclass(frozen=True, slots=True)
class Activity:
    """One prescribed exercise on a day."""

    code: str
    name: str
    kind: str
    sides: str
    dose: dict
    is_focus: bool
    cues: Sequence[str]

    @property
    def is_optional(self) -> bool:
        """Whether it may be left out without a thought."""
        return bool(self.dose.get("optional"))

    @property
    def choose_one_of(self) -> str:
        """The name of the group of which one is enough, or nothing."""
        return self.dose.get("one_of", "")


@dataclass(frozen=True, slots=True)
class RunSession:
    """The walk-run session of a run level."""

    level: str
    sets: Sequence[dict]
    run_minutes: float
    pickups: int


def activities_of(episode: Episode, today: date, average: int | None = None) -> list[Activity]:
    """The exercises for today, most important first; none for the rest of a day with an emergency sign."""
    if is_off_for_today(episode, today):
        return []
    rows = (
        PrescribedExercise.objects.filter(phase__version=episode.plan_version_id, phase__key=episode.phase)
        .select_related("exercise")
        .order_by("-is_focus", "position")
    )
    state = state_of(episode)
    return [
        _activity(row)
        for row in rows
        if _is_on(row, today) and _is_due(row.dose, episode, today, average) and not _is_off(row, state, today)
    ]


def is_off_for_today(episode: Episode, today: date) -> bool:
    """Whether an emergency sign was ticked today: taken back or not, the plan stays off until tomorrow.

    Only a professional's clearance ends it earlier.
    """
    ticked = Finding.objects.filter(
        decision__episode=episode, decision__day=today, decision__outcome="stop", rule="red_flag", figures__urgency="EM"
    )
    return ticked.exists() and not episode.clearances.filter(day=today).exists()


def state_of(episode: Episode) -> State | None:
    """The episode's folded state, once there is one."""
    return State.from_json(episode.state) if episode.state else None


def run_session(episode: Episode, today: date) -> RunSession | None:
    """The session of the current run level, unless running is off today."""
    state = state_of(episode)
    if not episode.run_level or running_is_off(state, today):
        return None
    level = next(each for each in spec_of(episode.plan_version_id).run_levels if each.key == episode.run_level)
    sets = [
        {"walk_minutes": part.walk_minutes, "run_minutes": part.run_minutes, "repeats": part.repeats}
        for part in level.sets
    ]
    return RunSession(level.key, sets, level.run_minutes, max(part.pickups for part in level.sets))


def running_is_off(state: State | None, today: date) -> bool:
    """Whether a caution or the run-free days after a hard run keep the patient from running."""
    return state is not None and (bool(state.cautions) or _is_run_free(state, today))


def _is_run_free(state: State, today: date) -> bool:
    return state.run_free_until is not None and today <= state.run_free_until


def _is_on(row: PrescribedExercise, today: date) -> bool:
    return not row.weekdays or WEEKDAYS[today.weekday()] in row.weekdays


def _is_due(dose: dict, episode: Episode, today: date, average: int | None) -> bool:
    """Some exercises wait for a day in the phase, or for a day with little pain."""
    if episode.day_in_phase(today) < dose.get("from_phase_day", 0):
        return False
    return "average_at_most" not in dose or (average is not None and average <= dose["average_at_most"])


def _is_off(row: PrescribedExercise, state: State | None, today: date) -> bool:
    if state is None:
        return False
    if state.cautions and row.exercise.kind in IMPACT_KINDS:
        return True
    return running_is_off(state, today) and row.exercise.kind in RUNNING_KINDS and state.phase != PREVENTION


def _activity(row: PrescribedExercise) -> Activity:
    exercise = row.exercise
    return Activity(exercise.code, exercise.name, exercise.kind, exercise.sides, row.dose, row.is_focus, exercise.cues)
