"""A human must look. An escalation never lapses; a person closes it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.sealed import SealedTextField
from accounts.models.sealed_json import SealedSignsField

from .append_only import AppendOnly
from .fields import both_or_neither, one_of


class EscalationQuerySet(models.QuerySet):
    """Reads of what waits for a person."""

    def unresolved(self):
        return self.exclude(status=Escalation.Status.RESOLVED)

    def visible_to(self, clinician):
        """Escalations of patients who share with a clinic this clinician works in, now."""
        from .episode import Episode

        return self.filter(episode__in=Episode.objects.visible_to(clinician))


class EscalationStatus(models.TextChoices):
    """How far a person has dealt with it."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class EscalationUrgency(models.TextChoices):
    """How soon a professional must look."""

    EMERGENCY = "EM"
    SAME_DAY = "SD"
    WITHIN_DAYS = "WD"
    ROUTINE = "RT"
    ADVICE = "AD"


class Escalation(models.Model):
    """One open notice of one kind for one episode.

    `schedule` holds who is told when, fixed as it was raised; `steps_taken` of it lie behind us (rules/climbing.py).
    `taken_by` is who has it now.
    """

    Status = EscalationStatus
    Urgency = EscalationUrgency

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="escalations")
    code = models.CharField(max_length=10)
    urgency = models.CharField(max_length=2, choices=Urgency)
    day = models.DateField()
    figures = SealedSignsField(default=dict)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    raised_at = models.DateTimeField()
    shown_again_at = models.DateTimeField(null=True, blank=True)
    schedule = models.JSONField(default=list, blank=True)
    steps_taken = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "code"],
                condition=~Q(status="resolved"),
                name="one_open_escalation_per_kind_and_episode",
            ),
            one_of("urgency", EscalationUrgency, "escalation_has_a_known_urgency"),
            one_of("status", EscalationStatus, "escalation_has_a_known_status"),
            both_or_neither("taken_by", "taken_at", "taken_escalation_says_by_whom_and_when"),
            models.CheckConstraint(
                condition=~Q(status="acknowledged") | Q(taken_by__isnull=False),
                name="acknowledged_escalation_says_who_has_it",
            ),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(taken_by__isnull=True), name="nobody_has_an_open_escalation"
            ),
            models.CheckConstraint(
                condition=~Q(status="resolved") | Q(next_step_at__isnull=True),
                name="a_closed_escalation_climbs_no_more",
            ),
        ]
        indexes = [
            models.Index(fields=["episode", "urgency"], condition=~Q(status="resolved"), name="unresolved_by_episode"),
            models.Index(fields=["shown_again_at"], condition=Q(status="open"), name="open_by_next_showing"),
            models.Index(
                fields=["next_step_at"], condition=Q(next_step_at__isnull=False), name="escalations_by_next_step"
            ),
        ]

    def __str__(self):
        return f"{self.code} on {self.day}"


class Acknowledgement(AppendOnly):
    """A person says: I have seen this and take it. One more when it is taken over, or taken again a week later."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="acknowledgements")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    note = SealedTextField(blank=True)

    class Meta:
        ordering = ["pk"]


class ResolutionOutcome(models.TextChoices):
    """What came of it."""

    REVIEWED = "reviewed"
    REFERRED = "referred"
    PLAN_CHANGED = "plan_changed"
    REACHED = "reached"
    NO_ACTION = "no_action"


class Resolution(AppendOnly):
    """How an escalation ended, with a note."""

    Outcome = ResolutionOutcome

    escalation = models.OneToOneField(Escalation, models.PROTECT, related_name="resolution")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    day = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    note = SealedTextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="resolution_says_what_was_done"),
            one_of("outcome", ResolutionOutcome, "resolution_has_a_known_outcome"),
        ]
