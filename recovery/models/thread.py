"""What a patient and a clinic write to each other, how far each has read, and when nobody reads."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from accounts.models import Clinic, Consent
from accounts.models.fields import not_before
from accounts.models.sealed import SealedTextField

from .append_only import AppendOnly, AppendOnlyQuerySet

LONGEST_TEXT = 2000  # characters
LONGEST_SEALED = 12_000  # what so many characters come to when they are sealed, whatever language they are in
LONGEST_NOTICE = 300


def no_longer_than(field: str, length: int, name: str) -> models.CheckConstraint:
    """The text in the named field has at most so many characters."""
    return models.CheckConstraint(condition=LessThanOrEqual(Length(field), length), name=name)


class ThreadQuerySet(models.QuerySet):
    """Reads that start from the person asking."""

    def of(self, patient):
        """A patient's own, also those of a clinic they have left."""
        return self.filter(patient=patient)

    def open(self):
        """Those of patients who share with the clinic now."""
        return self.filter(Exists(agreed()))

    def visible_to(self, clinician):
        """Those of the clinics this clinician works in, while the patient shares with that very clinic."""
        working = {"clinic__memberships__user": clinician, "clinic__memberships__left_at__isnull": True}
        return self.filter(Exists(agreed().filter(**working)))

    def waiting(self):
        """Those in which the patient had the last word and nobody has said it needs no answer."""
        return self.filter(waiting_since__isnull=False)


def agreed(patient: str = "patient"):
    """Standing consents of a row's patient, found by the way named, to share with the row's clinic."""
    sharing = Consent.objects.active().filter(purpose=Consent.Purpose.SHARE_WITH_CLINIC)
    return sharing.filter(clinic=OuterRef("clinic"), patient=OuterRef(patient))


class Thread(models.Model):
    """One conversation of one patient with one clinic; it is open while the patient shares with the clinic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="threads")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="threads")
    opened_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "clinic"], name="one_thread_per_patient_and_clinic"),
        ]
        indexes = [
            models.Index(
                fields=["patient", "waiting_since"],
                condition=Q(waiting_since__isnull=False),
                name="threads_waiting_by_patient",
            ),
        ]


class ThreadMessageQuerySet(AppendOnlyQuerySet):
    """Messages are added; what is too old to keep leaves by one door."""

    def forget_before(self, instant) -> int:
        """Deletes what was sent before an instant, and read marks on it; returns how many messages."""
        old = self.filter(sent_at__lt=instant)
        ReadMark.objects.filter(through__in=old).delete()
        return super(AppendOnlyQuerySet, old).delete()[0]


class ThreadMessage(AppendOnly):
    """One message; whoever wrote it, it stays as it was sent."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField(editable=False)
    text = SealedTextField()
    sent_at = models.DateTimeField()

    objects = ThreadMessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="a_key_names_one_message_of_its_author"),
            models.CheckConstraint(condition=~Q(text=""), name="a_message_says_something"),
            no_longer_than("text", LONGEST_SEALED, "a_sealed_message_has_at_most_12000_characters"),
        ]
        indexes = [models.Index(fields=["sent_at"], name="thread_messages_by_age")]

    @property
    def read_by_other(self):
        """When somebody on the other side last had it before them; None as long as nobody had."""
        patient, is_patients = self.thread.patient_id, self.author_id == self.thread.patient_id
        others = [mark for mark in self.thread.read_marks.all() if (mark.reader_id == patient) != is_patients]
        return min((mark.read_at for mark in others if mark.through_id >= self.pk), default=None)


class ReadMark(models.Model):
    """How far one person has read in one thread."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="read_marks")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    through = models.ForeignKey(ThreadMessage, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "reader"], name="one_read_mark_per_thread_and_reader"),
        ]


class AbsenceQuerySet(models.QuerySet):
    """Reads of who is away when."""

    def standing(self, day):
        """Those in force on a local day."""
        return self.filter(ended_at__isnull=True, from_on__lte=day, until_on__gte=day)


class Absence(models.Model):
    """Days on which a clinic reads no messages; patients see it before they write."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()
    notice = models.TextField(blank=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="absence_ends_after_it_begins"),
            no_longer_than("notice", LONGEST_NOTICE, "absence_notice_has_at_most_300_characters"),
            not_before("ended_at", "announced_at", "absence_is_ended_after_it_was_announced"),
            models.UniqueConstraint(
                fields=["clinic", "from_on"], condition=Q(ended_at__isnull=True), name="one_absence_per_clinic_and_day"
            ),
        ]
