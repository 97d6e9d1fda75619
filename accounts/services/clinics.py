"""Opening clinics and saying who works there."""

from datetime import datetime

from django.db import transaction

from ..models import Clinic, Membership, User
from ..models.fields import no_earlier_than


class NotStaff(Exception):
    """Patients do not work at a clinic: their account has another role."""


@transaction.atomic
def open_clinic(name: str, **details) -> Clinic:
    """Makes a clinic; details: phone, reading_times, region, emergency_number, urgent_care_number."""
    clinic = Clinic(name=name, **details)
    clinic.full_clean()
    clinic.save()
    return clinic


@transaction.atomic
def add_member(
    clinic: Clinic, user: User, now: datetime, role: str = Membership.Role.CLINICIAN, on_duty: bool = False
) -> Membership:
    """Lets somebody work at a clinic; adding them again changes nothing."""
    if user.is_patient:
        raise NotStaff(user.email)
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    standing = Membership.objects.active().filter(clinic=clinic, user=user).first()
    return standing or Membership.objects.create(clinic=clinic, user=user, role=role, on_duty=on_duty, joined_at=now)


@transaction.atomic
def remove_member(membership: Membership, now: datetime) -> bool:
    """Ends somebody's work at a clinic, and with it all they could see there."""
    return bool(
        Membership.objects.active()
        .filter(pk=membership.pk)
        .update(left_at=no_earlier_than("joined_at", now), on_duty=False)
    )


@transaction.atomic
def set_duty(membership: Membership, on_duty: bool) -> bool:
    """Says whether a member answers for the clinic now; False when they have left."""
    return bool(Membership.objects.active().filter(pk=membership.pk).update(on_duty=on_duty))


def set_reading_times(clinic: Clinic, text: str) -> None:
    """Says when somebody reads check-ins and messages; patients see it."""
    Clinic.objects.filter(pk=clinic.pk).update(reading_times=text.strip())
