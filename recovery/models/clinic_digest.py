"""When a clinic's people are written to about their week."""

from django.db import models
from django.db.models import Q

from accounts.models import Clinic


class ClinicDigest(models.Model):
    """One weekly letter to one clinic: due on a Monday morning of the clinic, ended exactly once."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="digests")
    monday = models.DateField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "monday"], name="one_digest_per_clinic_and_week"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at__isnull=True), name="digests_by_instant")]
