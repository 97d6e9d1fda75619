"""Writing down who looked at whom. Every door calls `record`; nothing else adds to the trail."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from ..models import AuditedPatient, AuditEvent
from . import audit_anchors
from .audit_chain import BEGINNING, seal

Action = AuditEvent.Action
ONE_WRITER = 0x4261636B  # the name of the lock that lets one transaction at a time add to the chain
SAME_LOOK = timedelta(minutes=15)


@transaction.atomic(savepoint=False)  # no row, no answer: what fails here fails as a whole
def record(
    action: str, what: str, actor, now: datetime, patients: Iterable[UUID] = (), details: str = ""
) -> AuditEvent:
    """Adds one act to the chain, in the caller's transaction if there is one.

    `actor` is the person who acts or None; `what` names the door, `patients` are the ids of those concerned.
    """
    concerned = sorted(set(patients))
    number, previous = _last_link() or (0, BEGINNING)
    said = (number + 1, now, actor and actor.pk, actor.role if actor else "", action, what[:80], details[:200])
    mac = seal(*said, concerned, previous)
    event = AuditEvent(*said, previous, mac)
    event.save(force_insert=True)
    AuditedPatient.objects.bulk_create([AuditedPatient(event=event, patient=patient) for patient in concerned])
    transaction.on_commit(partial(audit_anchors.drop, event.number, event.mac))
    return event


def was_just_recorded(what: str, actor, now: datetime, patients: Iterable[UUID]) -> bool:
    """Whether this person's last act within a quarter of an hour was this same look: a page that refreshes itself."""
    last = AuditEvent.objects.by([actor.pk]).filter(at__gt=now - SAME_LOOK).first()
    if last is None or (last.action, last.what) != (Action.READ, what):
        return False
    return set(last.patients.values_list("patient", flat=True)) == set(patients)


def _last_link() -> tuple[int, str] | None:
    """The end of the chain, held until this transaction ends: PostgreSQL by a lock, SQLite has one writer anyway.

    Lock and look go in one round trip, yet as two statements: the look must not see the time before the lock.
    """
    look = AuditEvent.objects.order_by("-number").values_list("number", "mac")[:1]
    if connection.vendor != "postgresql":
        return look.first()
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_advisory_xact_lock({ONE_WRITER}); {look.query}")
        cursor.nextset()
        return cursor.fetchone()
