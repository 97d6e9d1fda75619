"""When a clinic reads messages, and the days on which it does not."""

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import Clinic
from accounts.models.fields import no_earlier_than
from recovery.models import Absence

from .refusals import Refused

LONGEST = timedelta(days=60)


@transaction.atomic
def announce(clinic: Clinic, from_on: date, until_on: date, notice: str, by, today: date, now: datetime) -> Absence:
    """Tells patients beforehand that nobody reads for some days; a standing or coming absence is replaced."""
    from_on = max(from_on, today)
    if until_on < from_on:
        raise Refused("absence_ends_before", "until_on")
    if until_on - from_on > LONGEST:
        raise Refused("absence_too_long", "until_on", days=LONGEST.days)
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    end(clinic, today, now)
    return Absence.objects.create(
        clinic=clinic, from_on=from_on, until_on=until_on, notice=notice.strip(), announced_by=by, announced_at=now
    )


def end(clinic: Clinic, today: date, now: datetime) -> int:
    """Somebody reads again: ends the absence that stands or comes; returns how many there were."""
    return upcoming(clinic, today).update(ended_at=no_earlier_than("announced_at", now))


def upcoming(clinic: Clinic, today: date):
    """Absences that stand or are to come."""
    return Absence.objects.filter(clinic=clinic, ended_at__isnull=True, until_on__gte=today)
