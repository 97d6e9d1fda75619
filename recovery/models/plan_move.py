"""Episodes that follow another version of their plan: what happened, and what is still to be done."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .append_only import AppendOnly
from .fields import one_of


class MoveTiming(models.TextChoices):
    """When an episode is to follow another version: from its next day, or once its phase has changed."""

    NOW = "now"
    NEXT_PHASE = "next_phase"


class PlanMove(AppendOnly):
    """From this day on another version of the plan decides; every day before stays as it was decided.

    `before` and `after` say what either version makes of the last check-in: outcome, phase, run level, rule, day.
    """

    Timing = MoveTiming

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="plan_moves")
    from_version = models.ForeignKey("PlanVersion", models.PROTECT, related_name="+")
    to_version = models.ForeignKey("PlanVersion", models.PROTECT, related_name="+")
    timing = models.CharField(max_length=10, choices=MoveTiming)
    day = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "day"], name="one_plan_move_per_episode_and_day"),
            models.CheckConstraint(
                condition=~Q(to_version=models.F("from_version")), name="a_plan_move_leads_to_another_version"
            ),
            one_of("timing", MoveTiming, "plan_move_has_a_known_timing"),
        ]

    def __str__(self):
        return f"From version {self.from_version.number} to {self.to_version.number} on {self.day}"


class DueMoveState(models.TextChoices):
    """Whether the move is still to be made, was made, or is not wanted any more."""

    DUE = "due"
    MOVED = "moved"
    WITHHELD = "withheld"


class DueMoveQuerySet(models.QuerySet):
    """Reads of the moves that are still to be made."""

    def waiting(self):
        return self.filter(state=DueMoveState.DUE)


class DueMove(models.Model):
    """One episode that is to follow a version: a due row, or one that waits until the phase is another."""

    State, Timing = DueMoveState, MoveTiming

    episode = models.ForeignKey("Episode", models.CASCADE, related_name="due_moves")
    version = models.ForeignKey("PlanVersion", models.PROTECT, related_name="due_moves")
    timing = models.CharField(max_length=10, choices=MoveTiming)
    phase = models.CharField(max_length=40)  # the one it was in when this was asked
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DueMoveState, default=DueMoveState.DUE)
    reason = models.CharField(max_length=30, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DueMoveQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["episode"], condition=Q(state="due"), name="one_due_move_per_episode"),
            one_of("state", DueMoveState, "due_move_has_a_known_state"),
            one_of("timing", MoveTiming, "due_move_has_a_known_timing"),
            models.CheckConstraint(
                condition=Q(state="due", ended_at__isnull=True) | (~Q(state="due") & Q(ended_at__isnull=False)),
                name="ended_due_move_says_when",
            ),
            models.CheckConstraint(condition=~Q(state="withheld") | ~Q(reason=""), name="a_withheld_due_move_says_why"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="due"), name="due_moves_by_time")]

    def __str__(self):
        return f"To version {self.version.number}, {self.timing}"
