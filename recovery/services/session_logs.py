"""Keeping what was done in a session, and handing it to the day's check-in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from recovery.models import Episode, SessionLog
from recovery.rules.facts import RUNNING_PHASE, SessionFact
from recovery.rules.reminders import local_day

from .check_ins import lock_open_episode
from .refusals import Refused

MOST_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Told:
    """A session as the patient tells it: the facts the rules know, and what they do not need."""

    key: UUID
    kind: str
    session: SessionFact
    exercises: tuple[str, ...] = ()
    seconds: int | None = None


@transaction.atomic
def log(patient, told: Told, now: datetime) -> SessionLog:
    """Keeps a session once; the same one again answers with what is kept.

    Raises Refused while a warning sign keeps the plan off, and for more sessions than a day can hold; ValueError
    for a session that did not take place.
    """
    episode = lock_open_episode(patient)
    kept = SessionLog.objects.filter(episode=episode, key=told.key).first()
    if kept is not None:
        return kept
    if episode.is_stopped:
        raise Refused("plan_off_no_session")
    pain = told.session.pain
    if pain is None:
        raise ValueError("only a session that took place is kept")
    today = local_day(now, patient.zone)
    if SessionLog.objects.on(episode, today).count() >= MOST_A_DAY:
        raise Refused("too_many_sessions", count=MOST_A_DAY)
    return SessionLog.objects.create(
        key=told.key,
        episode=episode,
        day=today,
        recorded_at=now,
        kind=told.kind,
        run_level=episode.run_level if told.kind == SessionLog.Kind.WALK_RUN else "",
        status=told.session.status,
        pain=pain,
        stopped=told.session.stopped,
        brisk_walk=told.session.brisk_walk,
        exercises=list(told.exercises),
        seconds=told.seconds,
    )


def session_of(episode: Episode, day: date, since: datetime | None = None) -> SessionFact | None:
    """The day's session as its check-in should tell it: the worst of what was logged, or nothing.

    While returning to running only the walk-run counts. `since`: only when something was logged after it.
    """
    rows = list(SessionLog.objects.on(episode, day))
    if episode.phase == RUNNING_PHASE:
        rows = [row for row in rows if row.kind == SessionLog.Kind.WALK_RUN]
    if not rows or (since is not None and rows[-1].recorded_at <= since):
        return None
    return SessionFact(
        status="done" if any(row.status == "done" for row in rows) else "part",
        pain=max(row.pain for row in rows),
        stopped=any(row.stopped for row in rows),
        brisk_walk=any(row.brisk_walk for row in rows),
    )
