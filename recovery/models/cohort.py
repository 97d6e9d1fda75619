"""A simulated cohort on a draft beside the live version: what was asked, its parts, and what became of the people."""

from django.db import models
from django.db.models import Q

from .fields import one_of
from .leased import Leased
from .plan_trial import PartState, PlanTrial, PlanTrialState

FEWEST, MOST = 50, 2000
SHORTEST_WEEKS, LONGEST_WEEKS = 4, 26


class CohortTrial(PlanTrial):
    """The same made-up people on one plan document and on the live version; `seed` tells which people."""

    plan = models.ForeignKey("Plan", models.PROTECT, related_name="cohort_trials")
    patients = models.PositiveIntegerField()
    weeks = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()

    class Meta(PlanTrial.Meta):
        constraints = [
            one_of("state", PlanTrialState, "cohort_trial_has_a_known_state"),
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

    def __str__(self):
        return f"{self.patients} made-up people on {self.plan}"


class CohortPart(Leased):
    """Some people of a cohort, lived through by one worker at a time."""

    State = PartState

    trial = models.ForeignKey(CohortTrial, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    first = models.PositiveIntegerField()  # the number of its first person
    size = models.PositiveIntegerField()
    lives = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)

    class Meta:
        ordering = ["trial_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="cohort_parts_are_numbered_once"),
            one_of("state", PartState, "cohort_part_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(lease_until__isnull=False), name="a_claimed_cohort_part_has_an_end"
            ),
        ]
        indexes = [
            models.Index(
                fields=["trial", "number"], condition=Q(state__in=["due", "claimed"]), name="cohort_parts_left"
            )
        ]
