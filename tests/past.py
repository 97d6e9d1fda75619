"""Stored histories of a simulated cohort, written in bulk: what was told, without the decisions made of it."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from accounts.models import User
from recovery.models import CheckIn, Episode, Intake, ReadinessCheck
from recovery.rules.facts import CheckInFact
from recovery.services.cohort.trial import Life

from .factories import load_plan
from .lives import lives

PLAIN = ("average", "worst", "morning", "function", "medicine", "woken", "yesterday_morning", "confidence", "mood")


def write(count: int, weeks: int, seed: int = 1, copies: int = 1) -> list[Episode]:
    """Stores the cohort, so many times over."""
    version = load_plan()
    told = [life for _ in range(copies) for life in lives(count, weeks, seed)]
    people = User.objects.bulk_create(
        User(role="patient", email=f"{uuid4().hex}@example.test", display_name=f"Runner {number}")
        for number in range(len(told))
    )
    episodes = Episode.objects.bulk_create(
        _episode(person, version, life) for person, life in zip(people, told, strict=True)
    )
    Intake.objects.bulk_create(_intake(*pair) for pair in zip(episodes, told, strict=True))
    CheckIn.objects.bulk_create(_check_ins(zip(episodes, told, strict=True)), batch_size=500)
    ReadinessCheck.objects.bulk_create(_checklists(zip(episodes, told, strict=True)))
    return episodes


def _noon(day) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _episode(person: User, version, life: Life) -> Episode:
    first, last = life.intake.started_on, life.days[-1].day
    return Episode(
        patient=person,
        plan_version=version,
        onset_on=life.intake.onset_on,
        started_on=first,
        opened_at=_noon(first),
        phase="rest",
        phase_entered_on=first,
        last_event_on=last,
    )


def _intake(episode: Episode, life: Life) -> Intake:
    told = life.intake
    average = told.average
    return Intake(
        episode=episode,
        day=told.started_on,
        recorded_at=_noon(told.started_on),
        onset_on=told.onset_on,
        last_run_on=told.last_run_on,
        age=told.age,
        first_episode=told.first_episode,
        average=average,
        worst=average,
        morning=average,
        function=average,
    )


def _check_ins(pairs: Iterable[tuple[Episode, Life]]):
    for episode, life in pairs:
        for facts in life.days:
            if facts.check_in is not None:
                yield _check_in(episode, facts.check_in)


def _check_in(episode: Episode, told: CheckInFact) -> CheckIn:
    at = _noon(told.day) + timedelta(hours=7)
    session = told.session
    return CheckIn(
        episode=episode,
        patient_id=episode.patient_id,
        day=told.day,
        body_hash="-",
        time_zone="UTC",
        made_at=at,
        received_at=at,
        known_on=told.day,
        session_status=session.status,
        session_pain=session.pain,
        session_stopped=session.stopped,
        brisk_walk=session.brisk_walk,
        red_flags=list(told.red_flags),
        **{name: getattr(told, name) for name in PLAIN},
    )


def _checklists(pairs: Iterable[tuple[Episode, Life]]):
    for episode, life in pairs:
        for facts in life.days:
            if facts.readiness_passed:
                yield ReadinessCheck(episode=episode, day=facts.day, is_passed=True, recorded_at=_noon(facts.day))
