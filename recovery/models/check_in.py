"""A day's answers. A correction is a new row; the old one stays."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.sealed_json import SealedListField

from .append_only import AppendOnly, AppendOnlyQuerySet
from .fields import one_of, points, within_0_to_10
from .rotating import CONSTRAINTS as ROTATING_CONSTRAINTS
from .rotating import RotatingAnswers


class CheckInQuerySet(AppendOnlyQuerySet):
    """Reads of a patient's diary."""

    def of(self, patient):
        return self.filter(patient=patient)

    def standing(self):
        """The newest revision of each entry."""
        return self.filter(superseded_by__isnull=True)


class CheckInMedicine(models.TextChoices):
    """Pain medicine taken in the last 24 hours."""

    NONE = "none"
    OVER_THE_COUNTER = "otc"
    PRESCRIBED = "prescribed"


class CheckIn(AppendOnly, RotatingAnswers):
    """One revision of what a patient said about one local day."""

    class SessionStatus(models.TextChoices):
        NONE = "none"
        DONE = "done"
        PART = "part"
        SKIPPED = "skipped"

    Medicine = CheckInMedicine

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="check_ins")
    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="check_ins")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    body_hash = models.CharField(max_length=64)
    time_zone = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    known_on = models.DateField()

    average = points()
    worst = points()
    morning = points()
    function = points()
    session_status = models.CharField(max_length=10, choices=SessionStatus, default=SessionStatus.NONE)
    session_pain = points(null=True, blank=True)
    session_stopped = models.BooleanField(default=False)
    brisk_walk = models.BooleanField(default=False)
    medicine = models.CharField(max_length=12, choices=Medicine, default=Medicine.NONE)
    woken = models.BooleanField(default=False)
    yesterday_morning = points(null=True, blank=True)
    confidence = points(null=True, blank=True)
    mood = points(null=True, blank=True)
    red_flags = SealedListField()

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["day", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "day"],
                condition=Q(supersedes__isnull=True),
                name="one_check_in_per_episode_and_day",
            ),
            models.UniqueConstraint(fields=["patient", "key", "revision"], name="a_key_names_one_check_in"),
            models.CheckConstraint(
                condition=Q(revision=1, supersedes__isnull=True) | Q(revision__gt=1, supersedes__isnull=False),
                name="a_correction_names_what_it_corrects",
            ),
            within_0_to_10("average", "pain_is_0_to_10"),
            within_0_to_10("worst", "worst_pain_is_0_to_10"),
            within_0_to_10("morning", "morning_pain_is_0_to_10"),
            within_0_to_10("function", "function_is_0_to_10"),
            within_0_to_10("session_pain", "session_pain_is_0_to_10"),
            within_0_to_10("yesterday_morning", "yesterday_morning_is_0_to_10"),
            within_0_to_10("confidence", "confidence_is_0_to_10"),
            within_0_to_10("mood", "mood_is_0_to_10"),
            models.CheckConstraint(condition=Q(worst__gte=F("average")), name="worst_is_at_least_average"),
            models.CheckConstraint(condition=Q(known_on__gte=F("day")), name="a_day_is_known_on_or_after_it"),
            models.CheckConstraint(
                condition=Q(session_status__in=["done", "part"], session_pain__isnull=False)
                | Q(
                    session_status__in=["none", "skipped"],
                    session_pain__isnull=True,
                    session_stopped=False,
                    brisk_walk=False,
                ),
                name="only_a_session_that_happened_has_pain",
            ),
            one_of("medicine", CheckInMedicine, "medicine_is_a_known_kind"),
            *ROTATING_CONSTRAINTS,
        ]
        indexes = [
            models.Index(fields=["patient", "-day"], name="check_ins_by_patient_and_day"),
            models.Index(fields=["episode", "known_on"], name="check_ins_by_day_known"),
        ]

    @property
    def is_in_time(self) -> bool:
        """Whether the rules read this as the day's own answer rather than as a later note."""
        return self.known_on == self.day

    def __str__(self):
        return f"Check-in for {self.day}"
