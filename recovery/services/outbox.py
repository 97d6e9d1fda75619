"""The outbox: messages are written with the fact they tell, claimed by one sender, and end in one state."""

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q

from recovery.channels import Permanent, Temporary
from recovery.models import OutboxMessage

from .recipients import reason_to_withhold

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
BATCH = 50
WAITING = ("due", "claimed")


def message(key: str, kind: str, now: datetime, *, escalation=None, episode=None, **fields) -> OutboxMessage:
    """A message about to be written; safety messages go first and never lapse."""
    fields.setdefault("priority", OutboxMessage.Priority.SAFETY)
    fields.setdefault("due_at", now)
    if escalation is not None:
        episode = escalation.episode
    return OutboxMessage(key=key, kind=kind, created_at=now, escalation=escalation, episode=episode, **fields)


def write(messages: Iterable[OutboxMessage]) -> None:
    """Adds messages in the caller's transaction; one already written under the same key stays as it is.

    Only the key may collide. Ignoring conflicts of every kind would let an invalid message vanish on SQLite.
    """
    messages = list(messages)
    if messages:
        OutboxMessage.objects.bulk_create(messages, update_conflicts=True, unique_fields=["key"], update_fields=["key"])


def deliver_due(
    now: Callable[[], datetime],
    send: Callable[[OutboxMessage, datetime], None],
    limit: int = BATCH,
    until: datetime | None = None,
) -> int:
    """Claims and sends what is due, most urgent first; returns how many reached an end.

    `now` is asked again for every message: sending takes time. `send` raises Temporary or Permanent.
    Nothing is begun after `until`.
    """
    ended = 0
    for row in list(_waiting(now())[:limit]):
        if until is not None and now() >= until:
            break
        if _claim(row, now()):
            ended += _deliver(row, now, send)
    return ended


def lapse_overdue(now: datetime) -> int:
    """Ends what is too late to be useful; returns how many."""
    overdue = OutboxMessage.objects.filter(_free(now), not_after__lt=now)
    return overdue.update(state="lapsed", reason="too_late", ended_at=now, epoch=F("epoch") + 1)


def _free(now) -> Q:
    return Q(state="due") | Q(state="claimed", lease_until__lte=now)


def _waiting(now):
    due = OutboxMessage.objects.filter(_free(now), due_at__lte=now, state__in=WAITING)
    return due.select_related("recipient", "escalation", "reminder", "episode").order_by("priority", "due_at")


def _claim(row: OutboxMessage, now: datetime) -> bool:
    """Whether this sender won the row: exactly one conditional update succeeds per epoch."""
    won = OutboxMessage.objects.filter(_free(now), pk=row.pk, epoch=row.epoch).update(
        state="claimed", epoch=row.epoch + 1, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    row.epoch, row.attempts = row.epoch + won, row.attempts + won
    return won == 1


def _deliver(row: OutboxMessage, now, send) -> int:
    at = now()
    if row.not_after and at > row.not_after:
        return _settle(row, at, state="lapsed", reason="too_late")
    if reason := reason_to_withhold(row, at):
        return _settle(row, at, state="withheld", reason=reason)
    try:
        send(row, at)
    except Temporary as problem:
        return _try_later(row, now(), str(problem))
    except Permanent as problem:
        return _settle(row, now(), state="failed", reason="refused", last_error=str(problem)[:200])
    except Exception as problem:  # noqa: BLE001 - a poison row must not jam the line
        return _try_later(row, now(), f"{type(problem).__name__}")
    return _settle(row, now(), state="sent")


def _settle(row: OutboxMessage, at: datetime, **changes) -> int:
    return _mine(row).update(ended_at=at, lease_until=None, context={}, **changes)


def _try_later(row: OutboxMessage, at: datetime, problem: str) -> int:
    wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
    wait *= random.uniform(0.5, 1)
    _mine(row).update(state="due", lease_until=None, due_at=at + wait, last_error=problem[:200])
    return 0


def _mine(row: OutboxMessage):
    return OutboxMessage.objects.filter(pk=row.pk, epoch=row.epoch, state="claimed")
