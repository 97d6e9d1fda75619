"""Writing down what colleagues should know about a patient, and setting right what was written."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Clinic
from recovery.models import Episode, PrivateNote
from recovery.models.note import LONGEST_NOTE

from .refusals import Conflict, Refused


@transaction.atomic
def write(episode: Episode, clinic: Clinic, author, text: str, key: UUID, now: datetime) -> PrivateNote:
    """Adds a note; the same key and text again is the same note, however often it is tapped."""
    return _add(episode, clinic, author, text, key, now, corrects=None)


@transaction.atomic
def correct(note: PrivateNote, author, text: str, key: UUID, now: datetime) -> PrivateNote:
    """Adds what its author meant; the first words stay readable under it."""
    standing = PrivateNote.objects.select_for_update().get(pk=note.pk)
    if standing.author_id != author.pk:
        raise Refused("note_of_another", name=standing.author.name)
    written = PrivateNote.objects.filter(corrects=standing).first()
    if written is not None and written.key != key:
        raise Refused("note_corrected_already")
    return _add(standing.episode, standing.clinic, author, text, key, now, corrects=standing)


def _add(episode, clinic, author, text: str, key: UUID, now: datetime, corrects) -> PrivateNote:
    text = _readable(text)
    if stored := PrivateNote.objects.filter(author=author, key=key).first():
        if (stored.episode_id, stored.text) != (episode.pk, text):
            raise Conflict("key_used_for_other_message", stored)
        return stored
    return PrivateNote.objects.create(
        episode=episode, clinic=clinic, author=author, text=text, key=key, written_at=now, corrects=corrects
    )


def _readable(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("message_empty", "text")
    if len(text) > LONGEST_NOTE:
        raise Refused("note_too_long", "text", most=LONGEST_NOTE, length=len(text))
    return text
