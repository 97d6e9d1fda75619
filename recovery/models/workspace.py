"""What clinicians arrange for themselves: whom they look after, and the views of the panel they come back to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.fields import not_before


class CareQuerySet(models.QuerySet):
    """Reads about who looks after whom."""

    def current(self):
        return self.filter(ended_at__isnull=True)


class Care(models.Model):
    """One spell of one clinician looking after one episode; it gives no right to see anything."""

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="care")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CareQuerySet.as_manager()

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "clinician"],
                condition=Q(ended_at__isnull=True),
                name="a_clinician_looks_after_an_episode_once",
            ),
            not_before("ended_at", "begun_at", "care_ends_after_it_began"),
        ]
        indexes = [
            models.Index(fields=["clinician"], condition=Q(ended_at__isnull=True), name="care_by_clinician"),
        ]


class SavedView(models.Model):
    """A way of narrowing the panel that one clinician gave a name; it holds no patient's name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=200)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_saved_view_per_name"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]
