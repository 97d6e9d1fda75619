"""A secret address at which a calendar app reads when the next check-ins are."""

import uuid

from django.conf import settings
from django.db import models


class CalendarLink(models.Model):
    """One for each patient who wants it; the secret itself follows from the nonce and this service's own key.

    A copy of the tables alone opens nobody's calendar.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_link"
    )
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="a_calendar_link_opens_one_calendar")]
