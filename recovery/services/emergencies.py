"""Opening a record in an emergency: who may, who is told, and what an admin makes of it afterwards."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Consent, Membership, User
from accounts.services import audit
from recovery.models import EmergencyAccess, EmergencyReview, Episode, OutboxMessage

from . import outbox
from .refusals import Refused

DOOR = "emergency:open"
MOST_A_DAY = 3
REVIEWED_WITHIN = timedelta(hours=72)
A_DAY = timedelta(days=1)


@transaction.atomic
def open_record(clinician: User, email: str, reason: str, explanation: str, now: datetime) -> EmergencyAccess:
    """Lets a clinician read one patient's record for an hour; the patient and every admin are told at once.

    Asked again within the hour, it is the same access. Raises Refused, also for an address no patient has.
    """
    User.objects.select_for_update().get(pk=clinician.pk)
    patient = _patient(clinician, email)
    standing = EmergencyAccess.objects.of(clinician).standing(now).filter(patient=patient).first()
    if standing is not None:
        return standing
    if EmergencyAccess.objects.of(clinician).filter(opened_at__gt=now - A_DAY).count() >= MOST_A_DAY:
        raise Refused("too_many_emergencies", most=MOST_A_DAY)
    if not explanation.strip():
        raise Refused("emergency_not_explained", "explanation")
    access = EmergencyAccess.objects.create(
        patient=patient, opened_by=clinician, opened_at=now, reason=reason, explanation=explanation.strip()
    )
    audit.record(audit.Action.EMERGENCY, DOOR, clinician, now, [patient.pk], f"{reason} {access.pk}")
    outbox.write(_letters(access, now))
    return access


def note_refusal(clinician: User, now: datetime) -> None:
    """Puts on record that somebody tried, also where there was nobody to open."""
    audit.record(audit.Action.DENIED, DOOR, clinician, now)


def record_of(access: EmergencyAccess) -> Episode | None:
    """The patient's newest episode."""
    found = Episode.objects.of(access.patient_id).select_related("patient", "plan_version__plan")
    return found.order_by("-opened_at").first()


@transaction.atomic
def review(access_id, admin: User, outcome: str, note: str, now: datetime) -> EmergencyReview:
    """An admin says what they found; once, for good."""
    access = EmergencyAccess.objects.get(pk=access_id)
    if EmergencyReview.objects.filter(access=access).exists():
        raise Refused("emergency_reviewed")
    if not note.strip():
        raise Refused("note_missing", "note")
    made = EmergencyReview.objects.create(access=access, made_by=admin, made_at=now, outcome=outcome, note=note.strip())
    audit.record(audit.Action.ACTED, "emergency:review", admin, now, [access.patient_id], f"{outcome} {access.pk}")
    return made


def _patient(clinician: User, email: str) -> User:
    if not Membership.objects.active().of(clinician).exists():
        raise Refused("no_clinic_of_yours")
    patient = User.objects.filter(email=email, role=User.Role.PATIENT, is_active=True).first()
    if patient is None or not Episode.objects.of(patient).exists():
        raise Refused("no_record_under_address", "email")
    if Consent.objects.seen_by(clinician).filter(patient=patient).exists():
        raise Refused("shares_already", "email")
    return patient


def _letters(access: EmergencyAccess, now: datetime) -> list[OutboxMessage]:
    told = outbox.message(f"emergency:{access.pk}:patient", "emergency_patient", now, recipient=access.patient)
    admins = User.objects.filter(role=User.Role.ADMIN, is_active=True)
    return [
        told,
        *(
            outbox.message(f"emergency:{access.pk}:{admin.pk}", "emergency_admin", now, recipient=admin)
            for admin in admins
        ),
    ]
