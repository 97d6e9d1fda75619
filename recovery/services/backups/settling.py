"""After a backup was put back: nobody is reminded twice, nobody stays unheard, and the forgotten stay forgotten."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.services import audit, audit_anchors
from recovery.models import ClinicDigest, Delivery, Escalation, OutboxMessage, Reminder
from recovery.rules.climbing import DUTY
from recovery.rules.red_flags import FLAGS
from recovery.services import heartbeat, outbox
from recovery.services.audience import clinicians_at
from recovery.services.erasure import reapply
from recovery.services.leases import NO_LEASE

RESTORED = heartbeat.RESTORED


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done about the hours between the backup and now."""

    erased: int
    withheld: int
    told_again: int


def settle(audit_head: list, now: datetime) -> Settled:
    """Run once, with worker and beat stopped, after the database was put back and migrated."""
    number, mac = audit_head
    audit_anchors.start_again(number, mac)
    audit.record(audit.Action.ACTED, "restore", None, now, details=f"audit trail put back to row {number}")
    erased = reapply(now)
    heartbeat.note(heartbeat.RESTORED, now)
    with transaction.atomic():
        return Settled(erased, _withhold_routine(now), _tell_again(now))


def _withhold_routine(now: datetime) -> int:
    """What was due before now may have left after the backup was made: a reminder too few, never the same one twice."""
    reminders = Reminder.objects.filter(state=Reminder.State.DUE, due_at__lte=now)
    ended = {"state": "withheld", "reason": RESTORED, "ended_at": now}
    missed = reminders.update(**ended)
    missed += ClinicDigest.objects.filter(ended_at=None, due_at__lte=now).update(ended_at=now)
    routine = OutboxMessage.objects.waiting().exclude(priority=OutboxMessage.Priority.SAFETY).filter(due_at__lte=now)
    keys = list(routine.values_list("pk", flat=True))
    Delivery.objects.waiting().filter(message__in=keys).update(**ended, **NO_LEASE)
    return missed + OutboxMessage.objects.filter(pk__in=keys).update(**ended, context={})


def _tell_again(now: datetime) -> int:
    """Everybody hears once more of each notice nobody has taken, unless a message about it waits to leave anyway."""
    messages = []
    for escalation in Escalation.objects.filter(status="open").select_related("episode__patient"):
        waiting = set(escalation.messages.waiting().values_list("recipient", flat=True))
        for person, kind in _audience(escalation):
            if person.pk not in waiting:
                key = f"esc:{escalation.pk}:{RESTORED}:{now:%Y%m%dT%H%M%S}:{person.pk}"
                messages.append(outbox.message(key, kind, now, escalation=escalation, recipient=person))
    outbox.write(messages)
    return len(messages)


def _audience(escalation: Escalation):
    """The patient and whoever answers for their clinics now, each with the kind of message that is theirs."""
    kind = "red_flag" if escalation.code in FLAGS else "escalation"
    yield escalation.episode.patient, f"{kind}_patient"
    if escalation.urgency != Escalation.Urgency.ADVICE:
        for person in clinicians_at(DUTY, escalation.episode):
            yield person, f"{kind}_clinic"
