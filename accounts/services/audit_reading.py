"""The audit trail as people read it: who looked at what, when, with the same look on one day told once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import UUID

from ..models import AuditEvent, Membership, User

SHOWN = 200


@dataclass(slots=True)
class Look:
    """What one person did on one day through one door, and how often; `at` is the last time."""

    day: date
    at: datetime
    who: str
    clinics: str
    role: str
    action: str
    what: str
    times: int = 1


def looks_at(patient: User, limit: int = SHOWN) -> list[Look]:
    """Who looked at this patient's data or changed something, the newest first."""
    return _told(AuditEvent.objects.about(patient)[:limit], patient.zone)


def looks_by(people: Iterable[User], zone: tzinfo, limit: int = SHOWN) -> list[Look]:
    """What these people looked at, the newest first; whose it was stays an id and is not told."""
    return _told(AuditEvent.objects.by([person.pk for person in people])[:limit], zone)


def _told(events: Iterable[AuditEvent], zone: tzinfo) -> list[Look]:
    rows = list(events)
    actors = {row.actor for row in rows}
    names = {person.pk: person.name for person in User.objects.filter(pk__in=actors)}
    clinics = _clinics_of(actors)
    found: dict[tuple, Look] = {}
    for row in rows:
        day = row.at.astimezone(zone).date()
        key = (day, row.actor, row.action, row.what)
        if key in found:
            found[key].times += 1
        else:
            who = names.get(row.actor, "")
            found[key] = Look(day, row.at, who, clinics.get(row.actor, ""), row.role, row.action, row.what)
    return list(found.values())


def _clinics_of(people: set[UUID]) -> dict[UUID, str]:
    """The clinics each of them works in now, as one text."""
    found: dict[UUID, list[str]] = {}
    rows = Membership.objects.active().filter(user__in=people).values_list("user", "clinic__name")
    for person, clinic in rows:
        found.setdefault(person, []).append(clinic)
    return {person: ", ".join(names) for person, names in found.items()}
