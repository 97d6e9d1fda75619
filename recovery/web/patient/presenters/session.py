"""Today's exercises one after the other, and the walk-run, as a timer and a reader need them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from recovery.models import CheckIn, Decision, Episode, Exercise, PrescribedExercise, SessionLog
from recovery.rules.running import running_blocked_by

from .activities import Activity, RunSession, activities_of, run_session, state_of
from .exercise import stops_of
from .own_words import in_own_words
from .parts import HEAT_AND_COLD, Part, parts_of, run_parts

RUNNING_PHASES = ("return_to_running", "prevention")
NOT_STEPS = ("running", "skill", "warm_up", "habit", "impact_prep", *HEAT_AND_COLD, "heat_motion")
NOT_LOGGED = ("habit", "position", "relaxation", *HEAT_AND_COLD, "heat_motion")
OF_EACH_PART = ("sets", "sets_high", "hold_seconds", "hold_seconds_high", "repeats", "repeats_high")
WALKS = ("aerobic", "walking")


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a session with its dose, part by part."""

    exercise: Exercise
    dose: dict
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """The exercises of a session in order, and whether the session is worth telling the check-in."""

    day: date
    steps: Sequence[Step]
    stops: Sequence[str]
    is_logged: bool
    may_be_brisk: bool
    is_eased: bool

    @property
    def codes(self) -> list[str]:
        """The codes of the exercises, in order."""
        return [step.exercise.code for step in self.steps]


@dataclass(frozen=True, slots=True)
class RunPage:
    """The walk-run of the level; `blocked_by` names the rule that keeps today free of it."""

    day: date
    session: RunSession | None
    parts: Sequence[Part]
    stops: Sequence[str]
    blocked_by: str
    ran_today: bool

    @property
    def seconds(self) -> int:
        """How long it takes from the first step to the last."""
        return sum(part.seconds for part in self.parts)


def session_page(episode: Episode, today: date, only: str = "") -> SessionPage | None:
    """Today's exercises, or just one of them; None when there is nothing to do here."""
    average = CheckIn.objects.standing().filter(episode=episode, day=today).values_list("average", flat=True).first()
    todays = activities_of(episode, today, average)
    chosen = [each for each in todays if each.code == only] if only else list(_usual(todays))
    eased = is_eased(episode)
    steps = list(_steps(episode, chosen, today, eased))
    if not steps:
        return None
    kinds = {step.exercise.kind for step in steps}
    stops = stops_of(episode, sorted({code for step in steps for code in step.exercise.stops}))
    return SessionPage(today, steps, stops, not kinds <= set(NOT_LOGGED), bool(kinds & set(WALKS)), eased)


def run_page(episode: Episode, today: date) -> RunPage | None:
    """The walk-run session of the level; None outside the return to running."""
    if not episode.run_level:
        return None
    state = state_of(episode)
    session = run_session(episode, today)
    ran = SessionLog.objects.on(episode, today).filter(kind=SessionLog.Kind.WALK_RUN).exists()
    return RunPage(
        day=today,
        session=session,
        parts=run_parts(session.sets) if session else (),
        stops=stops_of(episode, ()),
        blocked_by=(running_blocked_by(state, today) if state else None) or "",
        ran_today=ran,
    )


def is_eased(episode: Episode) -> bool:
    """Whether the last session was too much, so that today's dose is a third less."""
    rows = Decision.objects.standing().filter(episode=episode).exclude(outcome="no_check_in").order_by("-day")
    rule = rows.values_list("rule", flat=True).first()
    return rule == "red_session" and episode.phase not in RUNNING_PHASES


def _usual(todays: Iterable[Activity]) -> Iterator[Activity]:
    """What belongs to every session of the day: not what may be left out, nor what is chosen from several."""
    return (each for each in todays if not (each.is_optional or each.choose_one_of or each.kind in NOT_STEPS))


def _steps(episode: Episode, chosen: Sequence[Activity], today: date, eased: bool) -> Iterator[Step]:
    """Each exercise once; one that is a set of others becomes those."""
    wanted: dict[str, dict] = {}
    for each in chosen:
        for code, dose in _expanded(episode, each, today):
            wanted.setdefault(code, dose)
    library = Exercise.objects.filter(version=episode.plan_version_id, code__in=wanted)
    by_code = {exercise.code: exercise for exercise in library}
    for code, dose in wanted.items():
        exercise = in_own_words(by_code[code], episode)
        parts = parts_of(dose, exercise.sides, exercise.kind, eased)
        if parts:
            yield Step(exercise, dose, parts)


def _expanded(episode: Episode, each: Activity, today: date) -> Iterator[tuple[str, dict]]:
    """A set of stretches is its stretches; strength for good takes turns through its exercises."""
    codes = each.dose.get("parts") if each.kind != "warm_up" else None
    if not codes:
        yield each.code, each.dose
        return
    most = min(each.dose.get("exercises_high") or len(codes), len(codes))
    start = today.toordinal() % len(codes) if most < len(codes) else 0
    own = {} if each.dose.get("hold_seconds") else _own_doses(episode, codes)
    shared = {key: value for key, value in each.dose.items() if key in OF_EACH_PART}
    for place in range(most):
        code = codes[(start + place) % len(codes)]
        yield code, own.get(code, shared)


def _own_doses(episode: Episode, codes: Sequence[str]) -> dict[str, dict]:
    """How much of each exercise the latest phase that prescribes it asks for."""
    rows = PrescribedExercise.objects.filter(phase__version=episode.plan_version_id, exercise__code__in=codes)
    return dict(rows.order_by("phase__position").values_list("exercise__code", "dose"))
