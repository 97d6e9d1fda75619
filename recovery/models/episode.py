"""One spell of trouble, from intake to discharge."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Consent
from accounts.models.sealed import SealedTextField
from accounts.models.sealed_json import SealedListField, SealedSignsField

from .append_only import AppendOnly
from .fields import both_or_neither, one_of, points, within_0_to_10


class EpisodeQuerySet(models.QuerySet):
    """Reads that start from the person asking."""

    def open(self):
        return self.filter(closed_at__isnull=True)

    def of(self, patient):
        return self.filter(patient=patient)

    def visible_to(self, clinician):
        """Episodes of patients who share with a clinic this clinician works in, now."""
        return self.filter(patient__in=Consent.objects.seen_by(clinician))


class Episode(models.Model):
    """A patient's recovery on one plan version; the state columns cache the fold of its events."""

    class CloseReason(models.TextChoices):
        RECOVERED = "recovered"
        REFERRED = "referred"
        LEFT = "left"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="episodes")
    plan_version = models.ForeignKey("PlanVersion", models.PROTECT, related_name="episodes")
    plan_moved_on = models.DateField(null=True, blank=True)  # the day of its last PlanMove
    onset_on = models.DateField()
    started_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True)

    state = SealedSignsField(default=dict)
    folded_through = models.DateField(null=True, blank=True)
    shown_through = models.DateField(null=True, blank=True)
    last_event_on = models.DateField(null=True, blank=True)
    phase = models.CharField(max_length=40)
    run_level = models.CharField(max_length=4, blank=True)
    phase_entered_on = models.DateField()
    stopped_on = models.DateField(null=True, blank=True)
    awaiting_intake = models.BooleanField(default=False)
    last_check_in_on = models.DateField(null=True, blank=True)
    silence_due_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(closed_at__isnull=True), name="one_open_episode_per_patient"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, close_reason="")
                | (Q(closed_at__isnull=False) & ~Q(close_reason="")),
                name="closed_episode_says_why",
            ),
            models.CheckConstraint(
                condition=Q(onset_on__lte=models.F("started_on")), name="episode_starts_on_or_after_its_onset"
            ),
        ]
        indexes = [
            models.Index(fields=["silence_due_at"], condition=Q(closed_at__isnull=True), name="episodes_by_silence_due")
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_stopped(self) -> bool:
        return self.stopped_on is not None

    def is_paused_on(self, day) -> bool:
        """Whether the patient has put the plan aside for this local day."""
        return self.paused_until is not None and day < self.paused_until

    def day_in_phase(self, day) -> int:
        """Day number in the current phase on a local day; the day of entry is 1."""
        return (day - self.phase_entered_on).days + 1

    def __str__(self):
        return f"Episode from {self.started_on}"


class Intake(AppendOnly):
    """What the patient told at the start, or when starting again after a break or a clearance."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="intakes")
    day = models.DateField()
    recorded_at = models.DateTimeField()
    onset_on = models.DateField()
    last_run_on = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField()
    first_episode = models.BooleanField()
    average = points()
    worst = points()
    morning = points()
    function = points()
    weekly_km = models.PositiveSmallIntegerField(null=True, blank=True)
    longest_run_km = models.PositiveSmallIntegerField(null=True, blank=True)
    history = SealedListField()
    recent_changes = models.JSONField(default=list)
    symptoms = models.JSONField(default=list)
    cautions = SealedListField()
    red_flags = SealedListField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            within_0_to_10("average", "intake_average_is_0_to_10"),
            within_0_to_10("worst", "intake_worst_is_0_to_10"),
            within_0_to_10("morning", "intake_morning_is_0_to_10"),
            within_0_to_10("function", "intake_function_is_0_to_10"),
            models.CheckConstraint(
                condition=Q(worst__gte=models.F("average")), name="intake_worst_is_at_least_average"
            ),
            models.CheckConstraint(condition=Q(age__gte=16, age__lte=120), name="patient_is_16_or_older"),
            models.UniqueConstraint(fields=["episode", "day"], name="one_intake_per_episode_and_day"),
        ]


class ClearanceProfession(models.TextChoices):
    """Who looked at a warning sign."""

    PHYSIOTHERAPIST = "physiotherapist"
    DOCTOR = "doctor"
    EMERGENCY = "emergency_department"
    OTHER = "other_professional"


class Clearance(AppendOnly):
    """A professional has looked at the red flag that stopped the plan."""

    Profession = ClearanceProfession

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="clearances")
    day = models.DateField()
    assessed_on = models.DateField()
    profession = models.CharField(max_length=30, choices=Profession)
    note = SealedTextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            one_of("profession", ClearanceProfession, "clearance_names_a_known_profession"),
            models.CheckConstraint(
                condition=Q(assessed_on__lte=models.F("day")), name="clearance_follows_the_assessment"
            ),
            models.UniqueConstraint(fields=["episode", "day"], name="one_clearance_per_episode_and_day"),
        ]


class Override(models.Model):
    """A clinician's departure from the rules, with a reason and an end; afterwards the rules resume."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="overrides")
    phase = models.CharField(max_length=40)
    run_level = models.CharField(max_length=4, blank=True)
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
            models.CheckConstraint(condition=~Q(reason=""), name="override_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=models.F("starts_on")), name="override_ends_after_it_starts"
            ),
            both_or_neither("withdrawn_on", "withdrawn_by", "withdrawn_override_says_by_whom"),
        ]


class ReadinessCheck(AppendOnly):
    """The run-readiness checklist as the patient did it on one day."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="readiness_checks")
    day = models.DateField()
    items = models.JSONField(default=dict)
    is_passed = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "pk"]
