"""The weekly letter to a clinic's people: a link and no patient data, on Monday morning where the clinic is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import Clinic, Consent, Membership, User
from recovery.models import ClinicDigest, Escalation, OutboxMessage, Thread
from recovery.rules.reminders import instant_of

from . import outbox
from .one_by_one import each_on_its_own
from .recipients import DIGEST

AT = time(7, 0)
WEEK = timedelta(days=7)
LAPSES_AFTER = timedelta(days=2)  # on a Wednesday the week is no news any more


def schedule_missing(now: datetime, limit: int = 200) -> int:
    """Gives clinics where somebody works their next letter as a due row; returns how many got one."""
    waiting = ClinicDigest.objects.filter(clinic=OuterRef("pk"), ended_at=None)
    working = _members().filter(clinic=OuterRef("pk"))
    without = Clinic.objects.filter(~Exists(waiting), Exists(working)).order_by("pk")
    return each_on_its_own(_schedule, list(without[:limit]), now)


def write_due(now: datetime, limit: int = 200) -> int:
    """Writes every letter that is due; returns how many clinics' weeks ended."""
    due = ClinicDigest.objects.filter(ended_at=None, due_at__lte=now).order_by("due_at")
    return each_on_its_own(_write, list(due.values_list("pk", flat=True)[:limit]), now)


def zone_of(clinic: Clinic) -> ZoneInfo:
    """The time zone most of its people live in; of several, the first by name."""
    zones = Counter(_members().filter(clinic=clinic).values_list("user__time_zone", flat=True))
    return ZoneInfo(min(zones, key=lambda zone: (-zones[zone], zone))) if zones else ZoneInfo("UTC")


def next_monday(clinic: Clinic, now: datetime) -> tuple[date, datetime]:
    """The next Monday whose morning is still to come there, and its instant."""
    zone = zone_of(clinic)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    while (due_at := instant_of(monday, AT, zone)) <= now:
        monday += WEEK
    return monday, due_at


@transaction.atomic
def _schedule(clinic: Clinic, now: datetime) -> int:
    monday, due_at = next_monday(clinic, now)
    defaults = {"due_at": due_at}
    return int(ClinicDigest.objects.get_or_create(clinic=clinic, monday=monday, defaults=defaults)[1])


@transaction.atomic
def _write(pk, now: datetime) -> int:
    """The conditional update names the one who writes; a letter too late to be news is left out."""
    if not ClinicDigest.objects.filter(pk=pk, ended_at=None).update(ended_at=now):
        return 0
    digest = ClinicDigest.objects.select_related("clinic").get(pk=pk)
    if now < digest.due_at + LAPSES_AFTER:
        outbox.write(_letters(digest, now))
    _schedule(digest.clinic, now)
    return 1


def _letters(digest: ClinicDigest, now: datetime) -> Iterator[OutboxMessage]:
    quiet = is_quiet(digest.clinic, digest.due_at)
    told = {"clinic_id": str(digest.clinic_id), "clinic": digest.clinic.name, "is_quiet": quiet}
    for person in User.objects.filter(memberships__in=_members().filter(clinic=digest.clinic)).order_by("pk"):
        yield outbox.message(
            f"digest:{digest.clinic_id}:{digest.monday}:{person.pk}",
            DIGEST,
            now,
            recipient=person,
            priority=OutboxMessage.Priority.ROUTINE,
            not_after=digest.due_at + LAPSES_AFTER,
            context=told,
        )


def is_quiet(clinic: Clinic, until: datetime) -> bool:
    """Whether nothing was raised in the week before an instant, nothing is open, and nobody waits for an answer."""
    sharing = Consent.objects.active().sharing_with(clinic).order_by().values("patient")
    theirs = Escalation.objects.filter(episode__patient__in=sharing).exclude(urgency="AD")
    raised = theirs.filter(raised_at__gte=until - WEEK, raised_at__lt=until)
    waiting = Thread.objects.open().waiting().filter(clinic=clinic)
    return not (raised.exists() or theirs.unresolved().exists() or waiting.exists())


def _members():
    """Clinicians who work somewhere and can open its pages."""
    return Membership.objects.active().filter(user__is_active=True, user__role=User.Role.CLINICIAN)
