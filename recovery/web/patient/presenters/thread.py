"""Messages with a clinic: what was written, who reads when, and whether the patient may write now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Clinic, Consent, User
from recovery.models import Absence, Thread
from recovery.services import threads


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One conversation."""

    clinic: Clinic
    lines: Sequence[threads.Line]
    is_open: bool
    is_read: bool
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the list: a clinic and what waits to be read."""

    clinic: Clinic
    is_open: bool
    unread: int


def conversations_of(patient) -> list[Conversation]:
    """Clinics the patient shares with now, and those they wrote with before."""
    sharing = {row.clinic for row in Consent.objects.active().of(patient).select_related("clinic")}
    known = {thread.clinic: thread for thread in Thread.objects.of(patient).select_related("clinic")}
    found = [
        Conversation(clinic, clinic in sharing, threads.unread([known[clinic]], patient) if clinic in known else 0)
        for clinic in sharing | set(known)
    ]
    return sorted(found, key=lambda each: (not each.is_open, each.clinic.name))


def thread_page(patient, clinic: Clinic, today: date) -> ThreadPage:
    """The conversation with one clinic."""
    return ThreadPage(
        clinic=clinic,
        lines=threads.lines(threads.between(patient, clinic), patient),
        is_open=Consent.objects.active().of(patient).sharing_with(clinic).exists(),
        is_read=User.objects.staff_of(clinic).filter(is_active=True).exists(),
        absence=Absence.objects.standing(today).filter(clinic=clinic).first(),
    )
