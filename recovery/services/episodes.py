"""Opening, restarting, clearing, overriding and closing an episode."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from recovery.models import Clearance, Episode, Intake, Override, PlanVersion, ReadinessCheck
from recovery.rules.decide import start
from recovery.rules.facts import IntakeFact
from recovery.rules.reminders import local_day

from . import audience, escalations, reminders
from .folding import judge
from .plan_choice import chosen_for
from .plan_specs import spec_of
from .refusals import Refused

LONGEST_OVERRIDE = timedelta(days=90)
EXCLUDING = {"pregnancy", "surgery_or_fracture", "cancer", "inflammatory_arthritis", "osteoporosis_fracture"}
READINESS_ITEMS = (
    "single_leg_stand",
    "mini_squat",
    "calf_raise",
    "bridge",
    "side_plank",
    "jog_on_the_spot",
)


@dataclass(frozen=True, slots=True)
class IntakeAnswers:
    """What the starting questions gave; pain values are whole numbers from 0 to 10, distances km."""

    onset_on: date
    last_run_on: date | None
    age: int
    first_episode: bool
    average: int
    worst: int
    morning: int
    function: int
    red_flags: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    recent_changes: tuple[str, ...] = ()
    weekly_km: int | None = None
    longest_run_km: int | None = None
    professional_agreed: bool = False


def lock_open_episode(patient) -> Episode:
    """The patient's open episode, held until the transaction ends."""
    episode = Episode.objects.of(patient).open().select_for_update().first()
    if episode is None:
        raise Refused("no_open_episode")
    episode.patient = patient
    return episode


@transaction.atomic
def open_episode(patient, answers: IntakeAnswers, now: datetime, plan_key: str = "") -> Episode:
    """Starts a patient in the phase the answers lead to, on the newest published version of a plan.

    Without a `plan_key` it is the plan the patient's clinic chose, else the default one.
    """
    today = local_day(now, patient.zone)
    _refuse_unsuitable(patient, answers, today)
    User.objects.select_for_update().get(pk=patient.pk)  # the second of two taps waits for the first
    if Episode.objects.of(patient).open().exists():
        raise Refused("episode_already_open")
    version = PlanVersion.objects.newest(plan_key or chosen_for(patient))
    if version is None:
        raise Refused("no_published_plan")
    state = start(spec_of(version.pk), _intake_fact(answers, today))
    episode = Episode.objects.create(
        patient=patient,
        plan_version=version,
        onset_on=answers.onset_on,
        started_on=today,
        opened_at=now,
        state=state.to_json(),
        phase=state.phase,
        phase_entered_on=today,
    )
    _add_intake(episode, answers, today, now)
    _judge_and_save(episode, today, now)
    reminders.schedule(episode, now)
    return episode


@transaction.atomic
def restart(patient, answers: IntakeAnswers, now: datetime) -> Episode:
    """Takes the starting questions again after a long break or a clearance; the rules pick the phase."""
    episode = lock_open_episode(patient)
    today = day_of(episode, now)
    if not restart_is_due(episode, today):
        raise Refused("restart_not_due")
    _refuse_unsuitable(patient, answers, today)
    _add_intake(episode, answers, today, now)
    _judge_and_save(episode, today, now)
    return episode


def restart_is_due(episode: Episode, today: date) -> bool:
    """Whether the plan waits for the starting questions: after a long break or a clearance, once a day at most."""
    last = episode.intakes.latest("day", "pk")
    if episode.is_stopped or last.day >= today:
        return False
    return episode.awaiting_intake or episode.clearances.filter(recorded_at__gt=last.recorded_at).exists()


@transaction.atomic
def record_clearance(episode_id, profession: str, assessed_on: date, recorded_by, now: datetime, note="") -> Clearance:
    """Records that a professional has looked at the warning sign; the plan may go on, carefully."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    today = day_of(episode, now)
    if episode.stopped_on is None:
        raise Refused("not_stopped")
    if assessed_on > today:
        raise Refused("assessed_in_future", "assessed_on")
    if assessed_on < episode.stopped_on:
        raise Refused("assessed_before_stop", "assessed_on", stopped_on=episode.stopped_on)
    if episode.clearances.filter(day=today).exists():
        raise Refused("cleared_today")
    clearance = Clearance.objects.create(
        episode=episode,
        day=today,
        assessed_on=assessed_on,
        profession=profession,
        note=note,
        recorded_by=recorded_by,
        recorded_at=now,
    )
    _judge_event(episode, today, now)
    return clearance


@transaction.atomic
def override(episode_id, phase: str, run_level: str, reason: str, expires_on: date, made_by, now: datetime) -> Override:
    """Puts a patient in another phase for a while, with a reason the patient reads; it lapses by itself."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    today = day_of(episode, now)
    _refuse_override(episode, phase, run_level, reason, expires_on, today)
    row = Override.objects.create(
        episode=episode,
        phase=phase,
        run_level=run_level,
        reason=reason.strip(),
        starts_on=today,
        expires_on=expires_on,
        made_by=made_by,
        made_at=now,
    )
    _judge_event(episode, today, now)
    return row


@transaction.atomic
def end_override(episode_id, ended_by, now: datetime) -> Override:
    """Ends a standing override before its time; the rules resume today."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    today = day_of(episode, now)
    row = standing_override(episode, today)
    if row is None:
        raise Refused("no_override")
    row.withdrawn_on, row.withdrawn_by = today, ended_by
    row.save(update_fields=["withdrawn_on", "withdrawn_by"])
    _judge_event(episode, today, now)
    return row


@transaction.atomic
def record_readiness(patient, passed_items: set[str], now: datetime) -> ReadinessCheck:
    """Keeps the run-readiness checklist; it is passed when every item is, on both sides."""
    episode = lock_open_episode(patient)
    today = day_of(episode, now)
    row = ReadinessCheck.objects.create(
        episode=episode,
        day=today,
        items={item: item in passed_items for item in READINESS_ITEMS},
        is_passed=set(READINESS_ITEMS) <= passed_items,
        recorded_at=now,
    )
    _judge_event(episode, today, now)
    return row


@transaction.atomic
def close(episode_id, reason: str, now: datetime) -> Episode:
    """Ends an episode and says why; reminders stop, open escalations stay until a person closes them."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    episode.closed_at, episode.close_reason, episode.silence_due_at = now, reason, None
    episode.save()
    reminders.stop(episode, now)
    return episode


def day_of(episode: Episode, now: datetime) -> date:
    """The patient's local day; after a flight over the date line, never one before the plan began."""
    return max(local_day(now, episode.patient.zone), episode.started_on)


def standing_override(episode: Episode, today: date) -> Override | None:
    """The override in force today, if any."""
    return episode.overrides.filter(withdrawn_on__isnull=True, expires_on__gte=today).first()


def judge_event(episode: Episode, day: date, now: datetime):
    """Lets the rules see an event recorded today, and sets off what follows."""
    _judge_event(episode, day, now)


def _judge_event(episode, today, now):
    episode.last_event_on = max(today, episode.last_event_on or today)
    _judge_and_save(episode, today, now)


def _judge_and_save(episode, today, now):
    decisions = judge(episode, today, now)
    episode.silence_due_at = reminders.silence_due_at(episode)
    episode.save()
    escalations.raise_for(episode, decisions, now)


def _refuse_unsuitable(patient, answers: IntakeAnswers, today: date):
    if answers.onset_on > today:
        raise Refused("onset_after_start", "onset_on")
    if answers.last_run_on and answers.last_run_on > today:
        raise Refused("last_run_in_future", "last_run_on")
    if answers.age < 16:
        raise Refused("too_young", "age")
    if answers.age < 18 and not audience.is_read(patient):  # a clinic where nobody works looks after nobody
        raise Refused("needs_clinician_if_under_18", "age")
    if EXCLUDING.intersection(answers.history) and not answers.professional_agreed:
        raise Refused("clinician_first", "history")


def _refuse_override(episode, phase, run_level, reason, expires_on, today):
    plan = spec_of(episode.plan_version_id)
    if episode.is_stopped:
        raise Refused("plan_is_stopped")
    if episode.awaiting_intake:
        raise Refused("awaiting_intake")
    if not reason.strip():
        raise Refused("reason_missing", "reason")
    if phase not in {p.key for p in plan.phases}:
        raise Refused("unknown_phase", "phase")
    if bool(run_level) != (phase == "return_to_running") or run_level not in {
        "",
        *(r.key for r in plan.run_levels),
    }:
        raise Refused("unknown_run_level", "run_level")
    if expires_on <= today:
        raise Refused("expiry_too_early", "expires_on")
    if expires_on > today + LONGEST_OVERRIDE:
        raise Refused("expiry_too_late", "expires_on", days=LONGEST_OVERRIDE.days)
    if standing_override(episode, today):
        raise Refused("override_standing")


def _intake_fact(answers: IntakeAnswers, day: date) -> IntakeFact:
    return IntakeFact(
        started_on=day,
        onset_on=answers.onset_on,
        last_run_on=answers.last_run_on,
        age=answers.age,
        first_episode=answers.first_episode,
        average=answers.average,
        red_flags=answers.red_flags,
        cautions=answers.cautions,
    )


def _add_intake(episode, answers: IntakeAnswers, day: date, now: datetime) -> Intake:
    episode.last_event_on = max(day, episode.last_event_on or day)
    return Intake.objects.create(
        episode=episode,
        day=day,
        recorded_at=now,
        onset_on=answers.onset_on,
        last_run_on=answers.last_run_on,
        age=answers.age,
        first_episode=answers.first_episode,
        average=answers.average,
        worst=answers.worst,
        morning=answers.morning,
        function=answers.function,
        weekly_km=answers.weekly_km,
        longest_run_km=answers.longest_run_km,
        history=list(answers.history),
        recent_changes=list(answers.recent_changes),
        symptoms=list(answers.symptoms),
        cautions=list(answers.cautions),
        red_flags=list(answers.red_flags),
    )
