"""Invitations of clinics to patients."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .clinic import Clinic
from .fields import LowercaseEmailField, both_or_neither, not_before


class InvitationQuerySet(models.QuerySet):
    """Reads about invitations still waiting for an answer."""

    def unanswered(self):
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open(self, now):
        return self.unanswered().filter(expires_at__gt=now)


class Invitation(models.Model):
    """A clinic asks one patient to share; only a digest of the token in the e-mail is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="invitations")
    email = LowercaseEmailField(_("email address"))
    digest = models.CharField(max_length=64, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField(_("made"))
    plan_key = models.SlugField(_("plan they begin with"), max_length=60, blank=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="one_invitation_per_token"),
            models.UniqueConstraint(
                fields=["clinic", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_unanswered_invitation_per_clinic_and_address",
            ),
            both_or_neither("accepted_at", "accepted_by", "accepted_invitation_says_by_whom"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="accepted_invitation_is_not_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="invitation_expires_after_it_was_made",
            ),
            not_before("accepted_at", "created_at", "invitation_is_accepted_after_it_was_made"),
            not_before("withdrawn_at", "created_at", "invitation_is_withdrawn_after_it_was_made"),
        ]

    def __str__(self):
        return f"{self.email} · {self.clinic}"
