"""What a clinician wants to be reminded of about a patient, on a day."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.fields import not_before
from accounts.models.sealed import SealedTextField

LONGEST = 200  # characters


class FollowUpQuerySet(models.QuerySet):
    """Reads that start from the person asking."""

    def of(self, clinician):
        """A clinician's own, about patients who share with a clinic they work in, now."""
        from .episode import Episode

        return self.filter(owner=clinician, episode__in=Episode.objects.visible_to(clinician))

    def waiting(self):
        """Those nobody has ticked off."""
        return self.filter(done_at__isnull=True)


class FollowUp(models.Model):
    """One clinician's own note to act for one patient on a day; `key` makes a double tap harmless."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="follow_ups")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField(editable=False)
    text = SealedTextField()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="follow_up_says_what_to_do"),
            models.UniqueConstraint(fields=["owner", "key"], name="a_key_names_one_follow_up_of_its_owner"),
            not_before("done_at", "made_at", "follow_up_is_done_after_it_was_made"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="follow_ups_waiting"),
        ]
