"""Phones and browsers that asked to be notified."""

import uuid
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q


def digest_of(address: str) -> str:
    """What recognises a push address; the browser can compute it too and find its own row."""
    return sha256(address.encode(errors="surrogatepass")).hexdigest()


class DeviceQuerySet(models.QuerySet):
    """Reads that start from the person asking."""

    def of(self, person):
        """This person's own devices."""
        return self.filter(person=person)


class Device(models.Model):
    """A browser on a device that takes web push; the two keys are the browser's own and let only it read a push."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64, editable=False)
    key = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="a_push_address_belongs_to_one_person"),
            models.CheckConstraint(condition=~Q(name=""), name="device_has_a_name"),
        ]
