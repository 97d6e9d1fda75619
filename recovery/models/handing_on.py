"""How a clinician ends a plan, and to whom a patient is sent on."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Clinic
from accounts.models.sealed import SealedTextField

from .append_only import AppendOnly


class Ending(AppendOnly):
    """A clinician ended the plan; why stands on the episode, and here who did it and what colleagues should know."""

    episode = models.OneToOneField("Episode", models.PROTECT, related_name="ending")
    note = SealedTextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class Referral(AppendOnly):
    """A patient is sent on to somebody else, with a reason; the letter is drawn from it."""

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="referrals")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    key = models.UUIDField(editable=False)
    to_whom = SealedTextField()
    reason = SealedTextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["made_by", "key"], name="a_key_names_one_referral_of_its_author"),
            models.CheckConstraint(condition=~Q(to_whom=""), name="referral_says_to_whom"),
            models.CheckConstraint(condition=~Q(reason=""), name="referral_says_why"),
        ]
