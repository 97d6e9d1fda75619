"""How deliveries end, and what that makes of their message."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from recovery.channels import sms
from recovery.models import Attempt, Delivery, OutboxMessage
from recovery.models.delivery import WAITING

from .leases import NO_LEASE
from .recipients import way_round

GAVE_UP = "gave_up"  # the reason of what was tried for three days
WRITTEN_ANEW = ("invitation", sms.CODE_KIND)  # they hold a secret: it is not kept, and a new one is asked for
TRIES_BEFORE_ANOTHER_WAY = 3  # the third comes within two minutes
WORST_LAST = ("sent", "claimed", "due", "failed", "lapsed", "withheld")


def delivery(message: OutboxMessage, channel: str, endpoint: str, due_at: datetime | None = None) -> Delivery:
    """A delivery about to be written."""
    return Delivery(
        message=message,
        channel=channel,
        endpoint=endpoint,
        priority=message.priority,
        due_at=due_at or message.due_at,
        not_after=message.not_after,
    )


def add(deliveries: Iterable[Delivery]) -> None:
    """Writes deliveries; one that exists stays as it is."""
    once = {(one.message_id, one.channel, one.endpoint): one for one in deliveries}  # PostgreSQL takes no pair at once
    Delivery.objects.bulk_create(
        once.values(),
        update_conflicts=True,
        unique_fields=["message", "channel", "endpoint"],
        update_fields=["channel"],
    )


@transaction.atomic
def settle(row: Delivery, at: datetime, outcome: str = "", **changes) -> int:
    """Writes how the present claim went; returns 0 when the claim is no longer ours.

    The delivery is changed before the message is locked, here and in every claim, so that two senders of one message
    wait for each other. A claim comes behind this in the same commit: where two block each other after all, PostgreSQL
    undoes a claim, and this stands.
    """
    mine = Delivery.objects.filter(pk=row.pk, epoch=row.epoch, state="claimed")
    won = mine.update(**NO_LEASE, **changes)
    if won:
        said = outcome or changes.get("last_error") or changes.get("reason") or changes["state"]
        Attempt.objects.finish(row, at, said)
        _sum_up(row.message_id, at, changes.get("last_error", ""))
    return won


@transaction.atomic
def lapse(overdue: QuerySet[Delivery], now: datetime) -> int:
    """Ends deliveries that are too late, and the messages that have none left."""
    late = overdue.update(state="lapsed", reason="too_late", ended_at=now, **NO_LEASE)
    if late:
        still = Delivery.objects.waiting().filter(message=OuterRef("pk"))
        over = OutboxMessage.objects.waiting().filter(~Exists(still), not_after__lt=now)
        over.update(state="lapsed", reason="too_late", ended_at=now, context={})
    return late


def _sum_up(message_id, at: datetime, problem: str) -> None:
    """Makes the message say what its deliveries amount to."""
    message = OutboxMessage.objects.select_for_update().get(pk=message_id)
    rows = list(Delivery.objects.filter(message=message_id))
    is_needed = _none_can_arrive(rows) or _is_stuck(message, rows)
    if is_needed and (way := way_round(message, rows)):
        rows.append(delivery(message, *way, due_at=at))
        add(rows[-1:])
    if message.state in WAITING:
        _say(message, min(rows, key=lambda row: WORST_LAST.index(row.state)), at, problem)
    if not any(row.state in WAITING for row in rows):
        message.context = message.context if _may_be_sent_again(message) else {}
    message.save(update_fields=["state", "reason", "due_at", "ended_at", "last_error", "context"])


def _say(message: OutboxMessage, row: Delivery, at: datetime, problem: str) -> None:
    message.state, message.reason = row.state, row.reason
    message.last_error = problem or row.last_error
    if row.state in WAITING:
        message.due_at = row.due_at
    else:
        message.ended_at = at


def _may_be_sent_again(message: OutboxMessage) -> bool:
    """What could not be delivered needs its words when a person sends it again."""
    return message.state == "failed" and message.kind not in WRITTEN_ANEW


def _is_stuck(message: OutboxMessage, rows: list[Delivery]) -> bool:
    """A word about safety that no way has brought after some tries: it waits for none of them any longer."""
    waiting = [row.tries for row in rows if row.state in WAITING]
    if message.priority != OutboxMessage.Priority.SAFETY or any(row.state == "sent" for row in rows):
        return False
    return bool(waiting) and min(waiting) >= TRIES_BEFORE_ANOTHER_WAY


def _none_can_arrive(rows: list[Delivery]) -> bool:
    """Every way was refused, or was taken away since the message was written."""
    return all(row.state == "failed" or row.reason == "no_channel" for row in rows)
