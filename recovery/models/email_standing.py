"""How things stand with a person's e-mail: whether they want routine letters, whether their address works."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class EmailStanding(models.Model):
    """Kept only for somebody who unsubscribed, or whose address was refused.

    Unsubscribing stops reminders and other routine letters, never one about safety.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="email_standing"
    )
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    refused_address = models.EmailField(blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_address="", refused_at__isnull=True)
                | (~Q(refused_address="") & Q(refused_at__isnull=False)),
                name="a_refused_address_says_since_when",
            ),
        ]
