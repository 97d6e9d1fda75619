"""Clinics and the people who work there."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .choices import MembershipRole, Purpose
from .fields import not_before, one_of


class ClinicQuerySet(models.QuerySet):
    """Reads that start from the person asking."""

    def of_staff(self, user):
        """Clinics this person works in now."""
        return self.filter(memberships__user=user, memberships__left_at__isnull=True)

    def chosen_by(self, patient):
        """Clinics this patient shares with now."""
        return self.filter(
            consents__patient=patient,
            consents__purpose=Purpose.SHARE_WITH_CLINIC,
            consents__withdrawn_at__isnull=True,
        )


class Clinic(models.Model):
    """A practice whose clinicians look after patients together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    reading_times = models.CharField(
        _("when check-ins are read"), max_length=120, blank=True, help_text=_("For example: weekdays 8 to 10")
    )
    region = models.CharField(_("region"), max_length=10, blank=True, help_text=_("Country code, for example NL"))
    emergency_number = models.CharField(_("emergency number"), max_length=40, blank=True)
    urgent_care_number = models.CharField(_("urgent care number"), max_length=40, blank=True)
    plans_need_approval = models.BooleanField(
        _("plans need two pairs of eyes"),
        default=False,
        help_text=_("A plan is published only when somebody other than its editors has approved it."),
    )

    objects = ClinicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("clinic")
        verbose_name_plural = _("clinics")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="clinic_has_a_name")]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    """Reads about who works where."""

    def active(self):
        return self.filter(left_at__isnull=True)

    def of(self, user):
        return self.filter(user=user)

    def led_by(self, user):
        """Everybody working now at the clinics this person leads."""
        led = self.model.objects.active().of(user).filter(role=MembershipRole.LEAD)
        return self.active().filter(clinic__in=led.values("clinic"))


class Membership(models.Model):
    """One spell of one person working at one clinic."""

    Role = MembershipRole

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.CLINICIAN)
    on_duty = models.BooleanField(_("answers for the clinic now"), default=False)
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["clinic", "joined_at"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "user"],
                condition=Q(left_at__isnull=True),
                name="one_active_membership_per_clinic_and_person",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(on_duty=False), name="only_active_members_are_on_duty"
            ),
            not_before("left_at", "joined_at", "member_leaves_after_joining"),
            one_of("role", MembershipRole, "membership_has_a_known_role"),
        ]

    def __str__(self):
        return f"{self.user} · {self.clinic}"
