"""A draft tried on the histories that are stored: what was asked, its parts, and what each episode came to."""

from django.db import models
from django.db.models import Q

from .fields import one_of
from .leased import Leased
from .plan_trial import PartState, PlanTrial, PlanTrialState


class BackTest(PlanTrial):
    """One plan document beside the live version on stored history."""

    plan = models.ForeignKey("Plan", models.PROTECT, related_name="back_tests")
    rules_version = models.CharField(max_length=20)
    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, null=True, blank=True, related_name="+")
    phase = models.CharField(max_length=40, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    through = models.DateField()
    episodes = models.PositiveIntegerField()

    class Meta(PlanTrial.Meta):
        constraints = [
            one_of("state", PlanTrialState, "back_test_has_a_known_state"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="running"), name="one_running_back_test_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="ended_back_test_says_when",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=models.F("until")),
                name="back_test_period_ends_after_it_begins",
            ),
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether some of the plan's episodes were left out."""
        return bool(self.clinic_id or self.phase or self.since or self.until)

    def __str__(self):
        return f"Back-test of {self.plan} on {self.episodes} episodes"


class BackTestShard(Leased):
    """Some episodes of a back-test, worked on by one worker at a time."""

    State = PartState

    back_test = models.ForeignKey(BackTest, models.CASCADE, related_name="shards")
    number = models.PositiveIntegerField()
    episode_ids = models.JSONField()
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)

    class Meta:
        ordering = ["back_test_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["back_test", "number"], name="back_test_shards_are_numbered_once"),
            one_of("state", PartState, "back_test_shard_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(lease_until__isnull=False), name="a_claimed_shard_has_an_end"
            ),
        ]
        indexes = [
            models.Index(
                fields=["back_test", "number"],
                condition=Q(state__in=["due", "claimed"]),
                name="back_test_shards_left",
            )
        ]


class BackTestResult(models.Model):
    """What the draft would have made differently in one episode; `fault` says when it could not be replayed."""

    back_test = models.ForeignKey(BackTest, models.CASCADE, related_name="results")
    episode = models.ForeignKey("Episode", models.CASCADE, related_name="+")
    days = models.PositiveIntegerField(default=0)
    first_difference_on = models.DateField(null=True, blank=True)
    days_elsewhere = models.PositiveIntegerField(default=0)
    live_phase = models.CharField(max_length=40, blank=True)
    live_level = models.CharField(max_length=4, blank=True)
    draft_phase = models.CharField(max_length=40, blank=True)
    draft_level = models.CharField(max_length=4, blank=True)
    figures = models.JSONField(default=dict)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["back_test_id", "episode_id"]
        constraints = [
            models.UniqueConstraint(fields=["back_test", "episode"], name="an_episode_is_tried_once_in_a_back_test")
        ]
        indexes = [
            models.Index(
                fields=["back_test"],
                condition=Q(first_difference_on__isnull=False),
                name="back_test_differences",
            )
        ]
