"""A plan document tried beside the live version, by many workers and for a while."""

import uuid

from django.conf import settings
from django.db import models


class PlanTrialState(models.TextChoices):
    """How far a trial has come."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class PartState(models.TextChoices):
    """Where a part of the work stands."""

    DUE = "due"
    CLAIMED = "claimed"
    DONE = "done"
    CANCELLED = "cancelled"


class PlanTrialQuerySet(models.QuerySet):
    """Reads of the trials of a plan."""

    def running(self):
        return self.filter(state=PlanTrialState.RUNNING)

    def done(self):
        return self.filter(state=PlanTrialState.DONE)


class PlanTrial(models.Model):
    """What was asked, by whom, and what it came to; the document is kept as it was asked for.

    `digest` tells the document apart from every other; a draft edited afterwards has another one.
    """

    State = PlanTrialState

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    live = models.ForeignKey("PlanVersion", models.PROTECT, related_name="+")
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict)

    objects = PlanTrialQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-pk"]

    @property
    def is_running(self) -> bool:
        return self.state == PlanTrialState.RUNNING

    @property
    def is_done(self) -> bool:
        return self.state == PlanTrialState.DONE
