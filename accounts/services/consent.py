"""Giving and withdrawing agreement to share a diary with a clinic."""

from datetime import datetime

from django.db import transaction

from ..models import Clinic, Consent, User
from ..models.fields import no_earlier_than
from . import audit

# Raise this whenever templates/accounts/sharing_text.html changes: each consent names the words it was given to.
SHARING_TEXT_VERSION = "2026-11"


@transaction.atomic
def give_consent(patient: User, clinic: Clinic, now: datetime, text_version: str = SHARING_TEXT_VERSION) -> Consent:
    """Lets a clinic read a patient's diary; agreeing twice is agreeing once."""
    User.objects.select_for_update().get(pk=patient.pk)
    standing = Consent.objects.active().of(patient).sharing_with(clinic).first()
    if standing:
        return standing
    _write_down(audit.Action.CONSENT_GIVEN, patient, clinic, now, f"text {text_version}")
    return Consent.objects.create(patient=patient, clinic=clinic, text_version=text_version, given_at=now)


@transaction.atomic
def withdraw_consent(patient: User, clinic: Clinic, now: datetime) -> bool:
    """Ends the sharing at once; False when there was nothing to end."""
    standing = Consent.objects.active().of(patient).sharing_with(clinic)
    if not standing.update(withdrawn_at=no_earlier_than("given_at", now)):
        return False
    _write_down(audit.Action.CONSENT_WITHDRAWN, patient, clinic, now)
    return True


def _write_down(action: str, patient: User, clinic: Clinic, now: datetime, details: str = "") -> None:
    audit.record(action, "consent", patient, now, [patient.pk], f"clinic {clinic.pk} {details}".strip())
