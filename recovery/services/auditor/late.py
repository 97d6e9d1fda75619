"""Work that is a row with an instant, and whose instant lies too far behind."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q

from recovery.models import Delivery, Episode, Escalation, OutboxMessage, Reminder
from recovery.models.delivery import WAITING
from recovery.models.shortfall import ShortfallKind as Kind

from ..endings import GAVE_UP
from ..parked import parked
from .finding import Found

GRACE = timedelta(minutes=5)
UNHEARD_AFTER = timedelta(minutes=30)
AT_MOST = 100  # of each kind: more would say nothing more


def late_work(now: datetime) -> Iterator[Found]:
    """Everything that ought to have been done five minutes ago, or to have left half an hour ago."""
    yield from _found(Kind.SILENCE, _silent_episodes(now), "silence_due_at", "pk")
    yield from _found(Kind.STEP, _unclimbed(now), "next_step_at", "episode")
    yield from _found(Kind.STEP, _not_shown_again(now), "shown_again_at", "episode")
    yield from _found(Kind.REMINDER, Reminder.objects.filter(state="due", due_at__lt=now - GRACE), "due_at", "episode")
    yield from _found(Kind.STUCK, Delivery.objects.due_by(now - GRACE), "due_at", "message__episode")
    yield from _found(Kind.STUCK, _lost_claims(now), "lease_until", "message__episode")
    yield from _found(Kind.UNHEARD, _unheard(now), "created_at", "episode")


def _silent_episodes(now):
    return Episode.objects.open().filter(silence_due_at__lt=now - GRACE)


def _unclimbed(now):
    return Escalation.objects.filter(next_step_at__lt=now - GRACE)


def _not_shown_again(now):
    return Escalation.objects.filter(status="open", shown_again_at__lt=now - GRACE)


def _lost_claims(now):
    return Delivery.objects.filter(state="claimed", lease_until__lt=now - GRACE)


def _unheard(now):
    """Those that wait, and those that were given up: silence about them would look like success."""
    safety = OutboxMessage.objects.filter(priority=OutboxMessage.Priority.SAFETY)
    given_up = Q(pk__in=parked(now).filter(reason=GAVE_UP).values("pk"))
    return safety.filter(Q(state__in=WAITING) | given_up, created_at__lt=now - UNHEARD_AFTER)


def _found(kind: str, rows, due: str, episode: str) -> Iterable[Found]:
    known = rows.order_by(due).values_list("pk", due, episode if episode == "pk" else F(episode))[:AT_MOST]
    for pk, due_at, episode_id in known:
        yield Found(kind, str(pk), due_at, episode_id)
