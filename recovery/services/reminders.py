"""Asking patients to check in: one due row per patient and local day."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from recovery.models import CheckIn, Episode, OutboxMessage, Reminder, ReminderSetting
from recovery.rules.facts import PHASES
from recovery.rules.reminders import A_DAY, ENTRY_CLOSES_AT, instant_of, local_day, not_after, silence_steps
from recovery.rules.state import State
from recovery.rules.wishes import Wish, next_reminder, second_reminder

from . import outbox, restraint, rhythm, wishes
from .one_by_one import some_at_a_time
from .plan_specs import spec_of
from .wishes import setting_of

DAILY, SECOND = "daily", "second"


def schedule(episode: Episode, now: datetime) -> None:
    """Makes sure the patient's next reminder is a due row, at their own hour and zone."""
    wish = _wish_of(episode)
    waiting = list(_due(episode).select_for_update().values_list("pk", flat=True))  # none that is being sent just now
    Reminder.objects.filter(pk__in=waiting).delete()
    if wish is None or not episode.is_open:
        return
    zone = episode.patient.zone
    day, due_at = next_reminder(now, zone, wish)
    while Reminder.objects.filter(episode=episode, slot=DAILY, local_date=day).exists():
        day, due_at = next_reminder(due_at, zone, wish)
    rows = [_row(episode, DAILY, day, due_at), *_second(episode, wish, now)]
    Reminder.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["episode", "slot", "local_date"], update_fields=["slot"]
    )


def _wish_of(episode: Episode) -> Wish | None:
    """The patient's wish; a paused plan asks for nothing before its day."""
    wish = wishes.wish_of(setting_of(episode.patient))
    if wish is None or episode.paused_until is None:
        return wish
    return replace(wish, resumes_on=max(episode.paused_until, wish.resumes_on or episode.paused_until))


def put_aside(episode: Episode, now: datetime) -> None:
    """Withholds what is due for a plan that was paused; the next reminder comes on the day it goes on."""
    waiting = list(_due(episode).select_for_update().values_list("pk", flat=True))
    Reminder.objects.filter(pk__in=waiting).update(state="withheld", reason="paused", ended_at=now)
    schedule(episode, now)


def take_up(episode: Episode, now: datetime) -> None:
    """Asks again after a pause, also for what was withheld and still lies ahead."""
    ahead = Reminder.objects.filter(episode=episode, state="withheld", reason="paused", due_at__gt=now)
    ahead.delete()
    schedule(episode, now)


def _row(episode: Episode, slot: str, day: date, due_at: datetime) -> Reminder:
    lapses_at = not_after(due_at, episode.patient.zone)
    return Reminder(episode=episode, slot=slot, local_date=day, due_at=due_at, not_after=lapses_at)


def _second(episode: Episode, wish: Wish, now: datetime) -> list[Reminder]:
    """The second reminder of a day whose first one went out, if it is wished and still to come."""
    if not wish.is_repeated or wish.is_paused_on(local_day(now, episode.patient.zone)):
        return []
    first = Reminder.objects.filter(episode=episode, slot=DAILY, state="sent").order_by("due_at").last()
    due_at = second_reminder(first.due_at, episode.patient.zone, wish) if first else None
    if first is None or due_at is None or due_at <= now:
        return []
    return [_row(episode, SECOND, first.local_date, due_at)]


@transaction.atomic
def change(patient, is_on: bool, at, weekdays: list[int], now: datetime, **others) -> ReminderSetting:
    """Keeps a new wish and moves the next reminder accordingly; what is not named stays as it was. Raises Refused."""
    wish = {"is_on": is_on and bool(weekdays), "at": at, "weekdays": sorted(set(weekdays)), **others}
    setting = wishes.keep(patient, wish, now)
    follow(patient, now)
    return setting


@transaction.atomic
def follow(patient, now: datetime) -> None:
    """Moves the next reminder, and the next look at silence, to where the wish and the time zone now put them."""
    for episode in Episode.objects.of(patient).open().select_related("patient"):
        schedule(episode, now)
        silence_at = silence_due_at(episode, after=episode.folded_through)
        Episode.objects.filter(pk=episode.pk).update(silence_due_at=silence_at)


def stop(episode: Episode, now: datetime) -> None:
    """Withholds what is still due for an episode that has ended."""
    _due(episode).update(state="withheld", reason="episode_closed", ended_at=now)


def remind_due(now: datetime, limit: int = 200) -> int:
    """Turns due reminders into messages, or ends them with the reason; returns how many ended."""
    ids = list(
        Reminder.objects.filter(state="due", due_at__lte=now).order_by("due_at").values_list("pk", flat=True)[:limit]
    )
    return some_at_a_time(_end, ids, now)


def schedule_missing(now: datetime, limit: int = 200) -> int:
    """Gives a next reminder to open episodes that have none; returns how many were looked at."""
    waiting = Reminder.objects.filter(episode=OuterRef("pk"), state="due")
    wanting = Episode.objects.open().filter(~Exists(waiting)).exclude(patient__reminder_setting__is_on=False)
    episodes = list(wanting.select_related("patient")[:limit])
    some_at_a_time(_schedule_one, episodes, now)
    return len(episodes)


def silence_due_at(episode: Episode, after: date | None = None) -> datetime | None:
    """The instant the next step of silence may be told, when that day can no longer be filled in."""
    if episode.is_stopped or not episode.is_open:
        return None
    state = State.from_json({**episode.state, "window": []})  # silence does not ask what was said
    steps = silence_steps(
        state.expected_from,
        state.last_average,
        weekly=state.phase == PHASES[-1],
        daily_until=state.daily_until,
        soft_average=spec_of(episode.plan_version_id).limits["e9_soft_average"],
    )
    for day, _ in steps:
        if after is None or day > after:
            return instant_of(day + A_DAY, ENTRY_CLOSES_AT, episode.patient.zone)
    return None


@transaction.atomic
def _schedule_one(episode: Episode, now: datetime) -> int:
    schedule(episode, now)
    return 1


@transaction.atomic
def _end(pk, now: datetime) -> int:
    rows = Reminder.objects.select_for_update(of=("self",)).select_related("episode__patient")
    reminder = rows.filter(pk=pk, state="due").first()
    if reminder is None:  # ended by another worker, or moved by the patient
        return 0
    episode = reminder.episode
    reminder.state, reminder.reason = _outcome(reminder, now)
    reminder.ended_at = now
    reminder.save()
    if reminder.state == "sent":
        outbox.write([_message(reminder, now)])
    schedule(episode, now)
    return 1


def _outcome(reminder: Reminder, now: datetime) -> tuple[str, str]:
    episode = reminder.episode
    if now > reminder.not_after:
        return "lapsed", "too_late"
    if not episode.is_open:
        return "withheld", "episode_closed"
    if episode.is_stopped:
        return "withheld", "plan_stopped"
    day = local_day(reminder.due_at, episode.patient.zone)
    if episode.is_paused_on(day):
        return "withheld", "paused"
    if CheckIn.objects.filter(episode=episode, day=day).exists():
        return "withheld", "already_checked_in"
    if rhythm.next_check_in(episode, day) > day:
        return "withheld", "not_this_day"
    if restraint.is_full(episode.patient, now):
        return "withheld", "budget"
    return "sent", ""


def _message(reminder: Reminder, now: datetime) -> OutboxMessage:
    return outbox.message(
        f"rem:{reminder.episode_id}:{reminder.slot}:{reminder.local_date}",
        "reminder",
        now,
        recipient=reminder.episode.patient,
        episode=reminder.episode,
        reminder=reminder,
        priority=OutboxMessage.Priority.ROUTINE,
        not_after=reminder.not_after,
    )


def _due(episode: Episode):
    return Reminder.objects.filter(episode=episode, state="due")
