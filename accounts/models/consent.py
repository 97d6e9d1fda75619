"""Agreement of a patient to one purpose at one clinic."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .choices import Purpose
from .clinic import Clinic
from .fields import not_before, one_of


class ConsentQuerySet(models.QuerySet):
    """Reads that decide who may see whom."""

    def active(self):
        return self.filter(withdrawn_at__isnull=True)

    def of(self, patient):
        return self.filter(patient=patient)

    def sharing_with(self, clinic):
        return self.filter(clinic=clinic, purpose=Purpose.SHARE_WITH_CLINIC)

    def seen_by(self, clinician):
        """Ids of the patients this person may see now, as a subquery: active member and active consent."""
        return (
            self.active()
            .filter(
                purpose=Purpose.SHARE_WITH_CLINIC,
                clinic__memberships__user=clinician,
                clinic__memberships__left_at__isnull=True,
            )
            .order_by()
            .values("patient")
        )


class Consent(models.Model):
    """One spell of agreement; giving it again later is a new row."""

    Purpose = Purpose

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30, choices=Purpose, default=Purpose.SHARE_WITH_CLINIC)
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "clinic", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_active_consent_per_patient_clinic_and_purpose",
            ),
            not_before("withdrawn_at", "given_at", "consent_is_withdrawn_after_it_was_given"),
            models.CheckConstraint(condition=~Q(text_version=""), name="consent_names_the_text_agreed_to"),
            one_of("purpose", Purpose, "consent_has_a_known_purpose"),
        ]

    def __str__(self):
        return f"{self.patient} · {self.clinic}"
