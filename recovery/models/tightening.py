"""A stricter limit for one patient, set by a clinician."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.sealed import SealedTextField

from .fields import both_or_neither


class Tightening(models.Model):
    """One number of the plan made stricter for one patient until a day; afterwards the plan's own counts again.

    Where it stands in the plan: a phase, a condition, a number of it, and for a step back the phase it leads to.
    """

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="tightenings")
    phase = models.CharField(max_length=40)
    condition = models.CharField(max_length=40)
    parameter = models.CharField(max_length=40)
    leads_to = models.CharField(max_length=40, blank=True)
    limit = models.PositiveSmallIntegerField()
    plan_limit = models.PositiveSmallIntegerField()
    reason = SealedTextField()
    starts_on = models.DateField()
    expires_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="tightening_gives_a_reason"),
            models.CheckConstraint(condition=~Q(limit=F("plan_limit")), name="tightening_differs_from_the_plan"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("starts_on")), name="tightening_ends_after_it_starts"),
            both_or_neither("withdrawn_on", "withdrawn_by", "withdrawn_tightening_says_by_whom"),
        ]

    @property
    def place(self) -> tuple[str, str, str, str | None]:
        """Which number of the plan it is about, as the rules name it."""
        return self.phase, self.condition, self.parameter, self.leads_to or None
