"""What the rules made of a day, and why."""

from django.db import models
from django.db.models import Q

from accounts.models.sealed_json import SealedSignsField
from recovery.rules.decision import OUTCOMES

from .append_only import AppendOnly, AppendOnlyQuerySet


class DecisionQuerySet(AppendOnlyQuerySet):
    """Reads of what was decided."""

    def standing(self):
        """The newest decision for each day; earlier ones stay readable."""
        return self.filter(superseded_by__isnull=True)


class Decision(AppendOnly):
    """One day's decision: plan version, rules version, the rule that decided and the state it left."""

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="decisions")
    check_in = models.ForeignKey("CheckIn", models.PROTECT, related_name="decisions", null=True, blank=True)
    day = models.DateField()
    outcome = models.CharField(max_length=12, choices=[(outcome, outcome) for outcome in OUTCOMES])
    rule = models.CharField(max_length=60)
    phase = models.CharField(max_length=40)
    run_level = models.CharField(max_length=4, blank=True)
    from_phase = models.CharField(max_length=40)
    from_run_level = models.CharField(max_length=4, blank=True)
    notices = models.JSONField(default=list)
    withheld = models.JSONField(default=list)  # notices kept here but told to nobody on their own
    state_after = SealedSignsField(default=dict)
    plan_version = models.ForeignKey("PlanVersion", models.PROTECT, related_name="+")
    rules_version = models.CharField(max_length=20)
    decided_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "day"],
                condition=Q(supersedes__isnull=True),
                name="one_decision_per_episode_and_day",
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="decision_has_a_known_outcome"),
            models.CheckConstraint(condition=~Q(rule=""), name="decision_names_its_rule"),
        ]

    @property
    def has_moved(self) -> bool:
        return (self.phase, self.run_level) != (self.from_phase, self.from_run_level)

    def __str__(self):
        return f"{self.outcome} on {self.day}"


class Finding(AppendOnly):
    """What one rule found: the figures it read and the limits it compared."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="findings")
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10)
    figures = SealedSignsField(default=dict)
    limits = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["decision", "position"], name="findings_stand_in_order")]
