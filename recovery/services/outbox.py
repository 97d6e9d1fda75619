"""The outbox: messages are written with the fact they tell, and each of their deliveries ends in one state."""

import logging
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import DatabaseError, transaction
from django.db.models import F

from recovery.channels import Permanent, Temporary
from recovery.models import Attempt, Delivery, OutboxMessage
from recovery.models.delivery import WAITING
from recovery.models.outbox import id_of

from . import devices, email_standing, endings, hints
from .leases import free, lease_for
from .recipients import endpoints_of, hold_until, reason_to_withhold

LEASE = timedelta(seconds=60)
BATCH = 50
AT_A_TIME = 8  # rows looked up at once; what is more urgent is asked for again before each
LONGEST_WAIT = timedelta(hours=1)
GIVES_UP_AFTER = timedelta(hours=72)
FIRST_WAIT = {"soon": timedelta(seconds=30), "later": timedelta(minutes=5)}

log = logging.getLogger(__name__)
Send = Callable[[Delivery, datetime], str | None]
Settle = Callable[[], int]


def message(key: str, kind: str, now: datetime, *, escalation=None, episode=None, **fields) -> OutboxMessage:
    """A message about to be written; safety messages go first and never lapse."""
    fields.setdefault("priority", OutboxMessage.Priority.SAFETY)
    fields.setdefault("due_at", now)
    if escalation is not None:
        episode = escalation.episode
    return OutboxMessage(
        pk=id_of(key), key=key, kind=kind, created_at=now, escalation=escalation, episode=episode, **fields
    )


def write(messages: Iterable[OutboxMessage]) -> None:
    """Adds messages and their deliveries in the caller's transaction; one already written stays as it is.

    Only the key may collide. Ignoring conflicts of every kind would let an invalid message vanish on SQLite.
    """
    messages = list(messages)
    if not messages:
        return
    known = set(OutboxMessage.objects.filter(key__in=[m.key for m in messages]).values_list("key", flat=True))
    deliveries = [made for m in messages if m.key not in known for made in _deliveries(m)]
    OutboxMessage.objects.bulk_create(messages, update_conflicts=True, unique_fields=["key"], update_fields=["key"])
    endings.add(deliveries)
    hints.after_commit(messages)


def _deliveries(message: OutboxMessage) -> list[Delivery]:
    """One for each endpoint the person has; a message nobody can take ends at once and says why."""
    endpoints = endpoints_of(message)
    if not endpoints:
        message.state, message.reason, message.ended_at = "withheld", "no_channel", message.created_at
    return [endings.delivery(message, channel, endpoint) for channel, endpoint in endpoints]


def deliver_due(
    now: Callable[[], datetime],
    send: Send,
    limit: int = BATCH,
    until: datetime | None = None,
    priorities: Iterable[int] | None = None,
) -> int:
    """Claims and sends what is due, most urgent first; returns how many deliveries reached an end.

    `now` is asked again for every delivery: sending takes time. `send` raises Temporary or Permanent.
    Nothing is begun after `until`. With `priorities`, only those classes are looked at.
    """
    ended, settle = 0, _nothing
    try:
        for row in _in_order(now, limit, priorities):
            if until is not None and now() >= until:
                break
            won, some = _settle_and_claim(settle, row, now())
            ended, settle = ended + some, _nothing
            if won and row is not None and (held := _as_it_is_now(row, now())):
                settle = _deliver(held, now, send)
    finally:
        ended += settle()  # whatever went wrong about the next one, what was sent is written down
    return ended


def lapse_overdue(now: datetime) -> int:
    """Ends what is too late to be useful; returns how many deliveries."""
    return endings.lapse(Delivery.objects.filter(free(now), not_after__lt=now), now)


def _in_order(now, limit: int, priorities) -> Iterator[Delivery | None]:
    """Due deliveries by urgency; one more urgent than the rest of those at hand comes before them.

    None says that nothing is left: whoever settles what was sent then may thereby make another way due.
    """
    left, was_empty = limit, False
    while left > 0:
        rows = list(_waiting(now(), priorities)[: min(AT_A_TIME, left)])
        for row in rows:
            if row.priority and _waiting(now(), priorities).filter(priority__lt=row.priority).exists():
                break
            left -= 1
            yield row
        if not rows:
            if was_empty:
                return
            yield None
        was_empty = not rows


def _nothing() -> int:
    """What there is to settle when nothing was sent."""
    return 0


@transaction.atomic
def _settle_and_claim(settle: Settle, row: Delivery | None, now: datetime) -> tuple[bool, int]:
    """Ends what was just sent and claims the next in one commit; a claim that fails takes no ending back."""
    ended = settle()
    if row is None:
        return False, ended
    try:
        with transaction.atomic():
            return _claim(row, now), ended
    except DatabaseError:
        log.exception("a delivery could not be claimed")
        return False, ended


def _waiting(now: datetime, priorities):
    due = Delivery.objects.waiting().filter(free(now), due_at__lte=now)
    if priorities is not None:
        due = due.filter(priority__in=list(priorities))
    return due.order_by("priority", "due_at", "pk")


def _as_it_is_now(row: Delivery, now: datetime) -> Delivery | None:
    """The row with everything about it read after the claim: others were sent since it was looked up.

    Nothing when a sender was held up for so long that its claim has run out or is another's: sending is theirs.
    """
    parts = ("recipient__email_standing", "recipient__reminder_setting", "escalation", "reminder", "episode")
    held = Delivery.objects.filter(pk=row.pk, epoch=row.epoch).exclude(free(now))
    return held.select_related(*(f"message__{part}" for part in parts)).first()


def _claim(row: Delivery, now: datetime) -> bool:
    """Whether this sender won the row: exactly one conditional update succeeds per epoch."""
    won = Delivery.objects.filter(free(now), pk=row.pk, epoch=row.epoch).update(
        state="claimed", epoch=row.epoch + 1, tries=F("tries") + 1, **lease_for(LEASE, now)
    )
    if won:
        row.epoch, row.tries = row.epoch + 1, row.tries + 1
        Attempt.objects.create(delivery=row, epoch=row.epoch, started_at=now)
        waiting = OutboxMessage.objects.filter(pk=row.message_id, state__in=WAITING)
        waiting.update(state="claimed", attempts=F("attempts") + 1)
    return won == 1


def _deliver(row: Delivery, now, send: Send) -> Settle:
    """Sends it unless there is a reason not to; what comes back writes down how it went."""
    at = now()
    if row.not_after and at > row.not_after:
        return partial(_settle, row, at, state="lapsed", reason="too_late")
    try:
        if reason := reason_to_withhold(row, at):
            return partial(_settle, row, at, state="withheld", reason=reason)
        if later := hold_until(row, at):
            return partial(_hold, row, at, later)
        reference = send(row, at) or ""
    except Temporary as problem:
        return partial(_try_later, row, now(), str(problem), problem.is_soon)
    except Permanent as problem:
        return partial(_refused, row, problem, now())
    except Exception as problem:  # noqa: BLE001 - a poison row must not jam the line
        return partial(_try_later, row, now(), f"{type(problem).__name__}", False)
    return partial(_accepted, row, now(), str(reference)[:120])


def _accepted(row: Delivery, at: datetime, reference: str) -> int:
    email_standing.note_accepted(row)
    devices.note_accepted(row, at)
    return _settle(row, at, state="sent", provider_ref=reference)


def _refused(row: Delivery, problem: Permanent, at: datetime) -> int:
    email_standing.note_refusal(row, problem, at)
    devices.note_refusal(row, problem)
    return _settle(row, at, state="failed", reason="refused", last_error=str(problem)[:200])


def _settle(row: Delivery, at: datetime, **changes) -> int:
    """Ends a delivery that is still ours; returns 0 when somebody else has claimed it meanwhile."""
    return endings.settle(row, at, ended_at=at, **changes)


def _hold(row: Delivery, at: datetime, later: datetime) -> int:
    """Waits out the quiet hours, unless they outlast the message."""
    if row.not_after and later > row.not_after:
        return _settle(row, at, state="withheld", reason="quiet_hours")
    endings.settle(row, at, state="due", due_at=later, outcome="quiet_hours")
    return 0


def _try_later(row: Delivery, at: datetime, problem: str, is_soon: bool = True) -> int:
    """Waits longer each time; after three days without success a person has to look."""
    if at - _tried_since(row, at) >= GIVES_UP_AFTER:
        return _settle(row, at, state="failed", reason=endings.GAVE_UP, last_error=problem[:200])
    first = FIRST_WAIT["soon" if is_soon else "later"]
    wait = min(first * 2 ** min(row.tries - 1, 10), LONGEST_WAIT) * random.uniform(0.5, 1)
    endings.settle(row, at, state="due", due_at=at + wait, last_error=problem[:200])
    return 0


def _tried_since(row: Delivery, at: datetime) -> datetime:
    """When the first of its tries began; one that a person sends again begins anew."""
    tries = Attempt.objects.filter(delivery=row.pk, epoch__gt=row.epoch - row.tries).order_by("epoch")
    return tries.values_list("started_at", flat=True).first() or at
