"""A patient's number for text messages."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class PhoneNumber(models.Model):
    """Used only once its owner has typed the code sent to it, and until they remove it or answer STOP."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="phone_number"
    )
    number = models.CharField(max_length=16)
    agreed_at = models.DateTimeField()
    text_version = models.CharField(max_length=20)
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField()
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=1)
    verified_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__startswith="+"), name="phone_number_is_international"),
            models.CheckConstraint(condition=~Q(text_version=""), name="phone_number_names_the_text_agreed_to"),
        ]
        indexes = [models.Index(fields=["number"], name="people_by_phone_number")]

    @property
    def is_used(self) -> bool:
        """Whether text messages go there now."""
        return self.verified_at is not None and self.stopped_at is None
