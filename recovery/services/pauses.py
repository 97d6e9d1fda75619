"""Putting the plan aside for some days, and taking it up again."""

from datetime import date, datetime, timedelta

from django.db import transaction

from recovery.models import Episode, Pause

from . import reminders
from .episodes import day_of, judge_event, lock_open_episode
from .refusals import Refused

LONGEST_PAUSE = timedelta(days=28)


@transaction.atomic
def pause(patient, reason: str, resumes_on: date, now: datetime, by=None) -> Pause:
    """Nothing routine is asked and nothing moves on before that day; a new pause takes the place of a standing one.

    `by` is the clinician who puts it aside for them; without it the patient does so themselves.
    Raises Refused while a warning sign keeps the plan off, and for a day that is over or too far away.
    """
    episode = lock_open_episode(patient)
    today = day_of(episode, now)
    if episode.is_stopped:
        raise Refused("plan_off_no_pause")
    if resumes_on <= today:
        raise Refused("pause_needs_a_day_to_come", "resumes_on")
    if resumes_on > today + LONGEST_PAUSE:
        raise Refused("plan_pause_too_long", "resumes_on", days=LONGEST_PAUSE.days)
    _end_standing(episode, today, now)
    row = Pause.objects.create(
        episode=episode, reason=reason, starts_on=today, resumes_on=resumes_on, made_at=now, made_by=by
    )
    judge_event(episode, today, now)
    reminders.put_aside(episode, now)
    return row


@transaction.atomic
def resume(patient, now: datetime) -> None:
    """The plan goes on today; raises Refused when it is not paused."""
    episode = lock_open_episode(patient)
    today = day_of(episode, now)
    if not _end_standing(episode, today, now):
        raise Refused("not_paused")
    judge_event(episode, today, now)
    reminders.take_up(episode, now)


def _end_standing(episode: Episode, today: date, now: datetime) -> bool:
    """Ends the pause in force, if there is one."""
    row = Pause.objects.filter(episode=episode).standing(today)
    if row is None:
        return False
    row.ended_on, row.ended_at = today, now
    row.save(update_fields=["ended_on", "ended_at"])
    return True
