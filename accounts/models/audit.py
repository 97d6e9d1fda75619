"""Who looked at whom, and what they did: a chain of rows that nobody edits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet


class AuditAction(models.TextChoices):
    """What was done; a new kind needs no change of the table, whose triggers a rebuild would lose."""

    READ = "read", _("Looked")
    ACTED = "acted", _("Changed something")
    DENIED = "denied", _("Was refused")
    EMERGENCY = "emergency", _("Opened in an emergency")
    CONSENT_GIVEN = "consent_given", _("Began to share")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Stopped sharing")


class AuditEventQuerySet(AppendOnlyQuerySet):
    """Reads of the trail."""

    def about(self, patient):
        """What others did that concerned this patient, the newest first."""
        return self.filter(patients__patient=patient.pk).exclude(actor=patient.pk).order_by("-number")

    def by(self, people):
        """What these people did, the newest first."""
        return self.filter(actor__in=people).order_by("-number")


class AuditEvent(AppendOnly):
    """One act of one person. It names people by id alone, so that it may stay when a person is erased.

    `what` is the door it went through, such as clinic:patient. `mac` seals the row and the one before it with a key the
    database does not hold; triggers in the database refuse any change.
    """

    Action = AuditAction

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    actor = models.UUIDField(_("who"), null=True)
    role = models.CharField(_("role"), max_length=10, blank=True)
    action = models.CharField(_("action"), max_length=20, choices=AuditAction)
    what = models.CharField(_("what"), max_length=80)
    details = models.CharField(_("details"), max_length=200, blank=True)
    previous = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="audit_event_names_its_door")]
        indexes = [models.Index(fields=["actor", "-number"], name="audit_events_by_actor")]

    def __str__(self):
        return f"{self.number} {self.action} {self.what}"


class AuditedPatient(AppendOnly):
    """One patient an act concerned; a list concerns all who stand in it."""

    event = models.ForeignKey(AuditEvent, models.PROTECT, related_name="patients")
    patient = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "patient"], name="an_act_names_a_patient_once"),
        ]
        indexes = [models.Index(fields=["patient", "-event"], name="audit_events_by_patient")]
