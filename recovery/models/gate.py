"""A clinician's decision about the tolerant run gate."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.sealed import SealedTextField

from .append_only import AppendOnly


class GateDecision(AppendOnly):
    """The tolerant limits of the run gate count for one patient from this day on, or no longer; the last one holds."""

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="gate_decisions")
    day = models.DateField()
    is_tolerant = models.BooleanField()
    reason = SealedTextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="gate_decision_gives_a_reason")]
