"""How somebody of the staff wants to be reached."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class StaffWish(models.Model):
    """Which ways tell a clinician or an admin of an escalation; without a row, every way they have.

    When nothing chosen works any more, every way counts again: an escalation always finds one.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="staff_wish")
    by_email = models.BooleanField(default=True)
    by_push = models.BooleanField(default=True)
    by_sms = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_email=True) | Q(by_push=True) | Q(by_sms=True), name="staff_wish_leaves_a_way"
            ),
        ]

    def takes(self, channel: str) -> bool:
        """Whether they want to be told by this channel."""
        return {"email": self.by_email, "push": self.by_push, "sms": self.by_sms}.get(channel, True)
