"""What clinicians write down about a patient for each other."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q

from accounts.models import Clinic
from accounts.models.sealed import SealedTextField

from .append_only import AppendOnly, AppendOnlyQuerySet
from .thread import agreed

LONGEST_NOTE = 4000  # characters


class PrivateNoteQuerySet(AppendOnlyQuerySet):
    """Reads that start from the person asking."""

    def visible_to(self, clinician):
        """Those of the clinics this clinician works in, while the patient shares with that very clinic."""
        working = {"clinic__memberships__user": clinician, "clinic__memberships__left_at__isnull": True}
        return self.filter(Exists(agreed(patient="episode__patient").filter(**working)))

    def standing(self):
        """Those nothing has taken the place of."""
        return self.filter(corrected_by__isnull=True)


class PrivateNote(AppendOnly):
    """A note of one clinic about one episode; a correction is another note that names what it corrects.

    No page of the patient shows it and no message carries it; a copy of one's data holds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="private_notes")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField(editable=False)
    text = SealedTextField()
    written_at = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, related_name="corrected_by", null=True, blank=True)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="a_key_names_one_note_of_its_author"),
            models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),
        ]
        indexes = [models.Index(fields=["episode", "-written_at"], name="private_notes_by_episode")]
