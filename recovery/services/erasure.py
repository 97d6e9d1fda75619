"""The one door through which history leaves: a patient's account and every row about them."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.services import erasures

from .personal import KEPT, PERSONAL, rows_about

PORTION = 500
WHO = "_auth_user_id"


class NotAPatient(Exception):
    """Accounts of staff are closed, not erased: what they signed stays signed."""


def erase(patient: User, now: datetime) -> int:
    """Removes a patient and every row about them at once or not at all; returns how many rows went.

    The trail of who looked at them keeps an id that belongs to nobody; the ledger keeps the same id, for restores.
    """
    if not patient.is_patient:
        raise NotAPatient(str(patient.pk))
    _overwrite_what_is_deleted()
    with transaction.atomic():
        subject = User.objects.select_for_update().get(pk=patient.pk)
        found = {label: list(rows_about(subject, label).values_list("pk", flat=True)) for label in _leaving()}
        for label, keys in found.items():
            _remove(rows_about(subject, label).model._base_manager.all(), keys)
        _sign_out_everywhere(subject)
        LogEntry.objects.filter(object_id=str(subject.pk)).delete()
        erasures.note(subject.pk, now)
        transaction.on_commit(partial(erasures.note_outside, subject.pk, now))
        subject.delete()
    _empty_the_log_of_writes()
    return sum(map(len, found.values())) + 1


def reapply(now: datetime) -> int:
    """Erases again whoever a restored backup brought back; returns how many."""
    back = User.objects.filter(pk__in=erasures.known(), role=User.Role.PATIENT)
    return sum(bool(erase(person, now)) for person in back)


def _leaving() -> list[str]:
    return [label for label in PERSONAL if label not in KEPT | {"accounts.User"}]


def _remove(rows: QuerySet, keys: list) -> None:
    """Past the refusals of append-only rows, and in whatever order: the database checks references at the end."""
    for start in range(0, len(keys), PORTION):
        chosen = rows.filter(pk__in=keys[start : start + PORTION])
        QuerySet(chosen.model, query=chosen.query.chain(), using=chosen.db)._raw_delete(chosen.db)


def _sign_out_everywhere(subject: User) -> None:
    mine = [row.pk for row in Session.objects.iterator() if _whose(row) == subject.pk]
    Session.objects.filter(pk__in=mine).delete()


def _whose(session: Session) -> UUID | None:
    who = session.get_decoded().get(WHO)
    return UUID(who) if who else None


def _overwrite_what_is_deleted() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("pragma secure_delete = on")


def _empty_the_log_of_writes() -> None:
    """SQLite keeps old pages in its write-ahead log until that is emptied; inside a transaction it cannot be."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("pragma wal_checkpoint(truncate)")
