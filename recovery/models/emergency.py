"""Opening a record in an emergency without the patient's consent: for an hour, with a reason, looked at afterwards."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.sealed import SealedTextField

from .append_only import AppendOnly, AppendOnlyQuerySet
from .fields import one_of

LASTS = timedelta(hours=1)  # nothing stored says how long: nobody can make it longer


class EmergencyReason(models.TextChoices):
    """Why there was no time to ask."""

    CANNOT_ANSWER = "cannot_answer", _("The patient cannot answer for themselves")
    IN_DANGER = "in_danger", _("The patient is or may be in danger")
    ASKED_FOR = "asked_for", _("The patient asks for it and cannot share it themselves")
    OTHER = "other", _("Something else, as written below")


class ReviewOutcome(models.TextChoices):
    """What an admin found afterwards."""

    RIGHT = "right", _("It was right")
    TO_BE_TALKED_ABOUT = "talked_about", _("It was talked about with the clinician")
    WRONG = "wrong", _("It was wrong")


class EmergencyAccessQuerySet(AppendOnlyQuerySet):
    """Reads about who may look now, and what nobody has reviewed yet."""

    def of(self, clinician):
        return self.filter(opened_by=clinician)

    def standing(self, now):
        """Those within their hour."""
        return self.filter(opened_at__gt=now - LASTS, opened_at__lte=now)

    def unreviewed(self):
        return self.filter(review__isnull=True)


class EmergencyAccess(AppendOnly):
    """A clinician opened a patient's record for an hour, to read; the database refuses to change the row."""

    Reason = EmergencyReason

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=EmergencyReason)
    explanation = SealedTextField()

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            one_of("reason", EmergencyReason, "emergency_access_has_a_known_reason"),
            models.CheckConstraint(condition=~Q(explanation=""), name="emergency_access_is_explained"),
            models.CheckConstraint(condition=~Q(patient=models.F("opened_by")), name="nobody_breaks_into_their_own"),
        ]
        indexes = [models.Index(fields=["opened_by", "-opened_at"], name="emergencies_by_clinician")]

    @property
    def ends_at(self):
        """When the hour is over."""
        return self.opened_at + LASTS

    def __str__(self):
        return f"Emergency access from {self.opened_at:%Y-%m-%d %H:%M}"


class EmergencyReview(AppendOnly):
    """What an admin found when they looked at an emergency access; one each, and it stays."""

    Outcome = ReviewOutcome

    access = models.OneToOneField(EmergencyAccess, models.PROTECT, related_name="review")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=ReviewOutcome)
    note = SealedTextField()

    class Meta:
        constraints = [
            one_of("outcome", ReviewOutcome, "emergency_review_has_a_known_outcome"),
            models.CheckConstraint(condition=~Q(note=""), name="emergency_review_says_why"),
        ]
