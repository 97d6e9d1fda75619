"""A simulated cohort on a draft beside the live version: what was asked, its parts, and what became of the people."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .back_test import BackTestState, ShardState
from .fields import one_of

FEWEST, MOST = 50, 2000
SHORTEST_WEEKS, LONGEST_WEEKS = 4, 26


class CohortTrialQuerySet(models.QuerySet):
    """Reads of the simulated cohorts of a plan."""

    def running(self):
        return self.filter(state=BackTestState.RUNNING)


class CohortTrial(models.Model):
    """The same made-up people on one plan document and on the live version; `seed` tells which people."""

    State = BackTestState

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey("Plan", models.PROTECT, related_name="cohort_trials")
    live = models.ForeignKey("PlanVersion", models.PROTECT, related_name="+")
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    patients = models.PositiveIntegerField()
    weeks = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict)

    objects = CohortTrialQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            one_of("state", BackTestState, "cohort_trial_has_a_known_state"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="running"), name="one_running_cohort_trial_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="ended_cohort_trial_says_when",
            ),
            models.CheckConstraint(
                condition=Q(patients__gte=FEWEST, patients__lte=MOST), name="a_cohort_is_neither_tiny_nor_huge"
            ),
            models.CheckConstraint(
                condition=Q(weeks__gte=SHORTEST_WEEKS, weeks__lte=LONGEST_WEEKS),
                name="a_cohort_lives_weeks_not_years",
            ),
        ]

    @property
    def is_running(self) -> bool:
        return self.state == BackTestState.RUNNING

    @property
    def is_done(self) -> bool:
        return self.state == BackTestState.DONE

    def __str__(self):
        return f"{self.patients} made-up people on {self.plan}"


class CohortPart(models.Model):
    """Some people of a cohort, lived through by one worker at a time; a claim of a dead worker runs out."""

    State = ShardState

    trial = models.ForeignKey(CohortTrial, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    first = models.PositiveIntegerField()  # the number of its first person
    size = models.PositiveIntegerField()
    lives = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    epoch = models.PositiveIntegerField(default=0)
    lease_boot = models.CharField(max_length=40, blank=True)
    lease_ends_up = models.FloatField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["trial_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="cohort_parts_are_numbered_once"),
            one_of("state", ShardState, "cohort_part_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(lease_until__isnull=False), name="a_claimed_cohort_part_has_an_end"
            ),
        ]
        indexes = [
            models.Index(
                fields=["trial", "number"], condition=Q(state__in=["due", "claimed"]), name="cohort_parts_left"
            )
        ]
