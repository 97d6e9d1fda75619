"""Messages that were given up: they stay visible until a person sends them again or closes what they are about."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from recovery.models import Delivery, OutboxMessage

from . import endings, hints
from .endings import GAVE_UP, WRITTEN_ANEW
from .recipients import endpoints_of
from .refusals import Refused

SHOWN_FOR = timedelta(days=30)  # what no escalation keeps open


def parked(now: datetime) -> QuerySet[OutboxMessage]:
    """What was tried for three days, and what is about safety and was refused; the oldest first."""
    failed = OutboxMessage.objects.filter(state="failed").exclude(kind__in=WRITTEN_ANEW)
    matters = Q(reason=GAVE_UP) | Q(priority=OutboxMessage.Priority.SAFETY)
    still = Q(escalation=None, ended_at__gt=now - SHOWN_FOR) | Q(escalation__status__in=("open", "acknowledged"))
    return failed.filter(matters, still).order_by("ended_at", "pk")


@transaction.atomic
def send_again(message_id, now: datetime) -> OutboxMessage:
    """Makes a parked message due again, on every way it had and every way its recipient has now.

    It keeps its id, so that a copy of one that did arrive can be recognised. Raises Refused when it is not parked.
    """
    rows = OutboxMessage.objects.select_for_update(of=("self",)).select_related("recipient", "episode")
    message = rows.filter(pk__in=parked(now).values("pk")).filter(pk=message_id).first()
    if message is None:
        raise Refused("not_parked")
    Delivery.objects.filter(message=message, state="failed").update(
        state="due", due_at=now, tries=0, ended_at=None, reason=""
    )
    message.state, message.reason, message.due_at, message.ended_at = "due", "", now, None
    message.save(update_fields=["state", "reason", "due_at", "ended_at"])
    endings.add(endings.delivery(message, channel, endpoint) for channel, endpoint in endpoints_of(message))
    hints.after_commit([message])
    return message
