"""Days on which a patient has put the plan aside."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import both_or_neither, one_of


class PauseReason(models.TextChoices):
    """Why; nobody has to say more."""

    AWAY = "away"
    ILL = "ill"
    BUSY = "busy"
    OTHER = "other"


class PauseQuerySet(models.QuerySet):
    """Reads of an episode's pauses."""

    def standing(self, today: date):
        """The one in force today, if any."""
        return self.filter(ended_on__isnull=True, resumes_on__gt=today).order_by("-pk").first()


class Pause(models.Model):
    """From `starts_on` up to, not including, `resumes_on`; it ends by itself, or earlier when the patient says so.

    Without `made_by` it is the patient's own; else a clinician put the plan aside.
    """

    Reason = PauseReason

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=10, choices=PauseReason)
    starts_on = models.DateField()
    resumes_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("reason", PauseReason, "pause_gives_a_known_reason"),
            models.CheckConstraint(condition=Q(resumes_on__gt=models.F("starts_on")), name="pause_lasts_a_day_or_more"),
            both_or_neither("ended_on", "ended_at", "ended_pause_says_when"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(ended_on__gte=models.F("starts_on"), ended_on__lte=models.F("resumes_on")),
                name="pause_ends_within_itself",
            ),
        ]

    def __str__(self):
        return f"Pause from {self.starts_on} to {self.resumes_on}"
