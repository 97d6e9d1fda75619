"""A clinician puts a plan aside, ends it, or sends the patient on; each time the patient gets words of their own.

The words go as a message of the clinic: it waits for them sealed, and what leaves the house only says that it waits.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Clinic
from recovery.models import Ending, Episode, Pause, Referral

from . import pauses, threads
from .episodes import close
from .refusals import Refused

LONGEST_NAME, LONGEST_REASON = 200, 1500  # characters


@dataclass(frozen=True, slots=True)
class Words:
    """What the patient reads, from which clinic, under the key that makes a second tap harmless."""

    clinic: Clinic
    text: str
    key: UUID


@transaction.atomic
def pause(episode_id, reason: str, resumes_on: date, words: Words, by, now: datetime) -> Pause:
    """Puts the plan aside as the patient could themselves, who may go on earlier."""
    episode = _open(episode_id)
    row = pauses.pause(episode.patient, reason, resumes_on, now, by)
    _say(episode, words, by, now)
    return row


@transaction.atomic
def end(episode_id, reason: str, note: str, words: Words, by, now: datetime) -> Ending:
    """Ends the plan: reminders stop, the history stays, what is open stays open until a person closes it."""
    episode = _open(episode_id)
    _say(episode, words, by, now)
    return _end(episode, reason, note, by, now)


@transaction.atomic
def refer(episode_id, to_whom: str, reason: str, words: Words, by, now: datetime, is_ended: bool = False) -> Referral:
    """Records to whom and why, and may end the plan with it."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    if stored := Referral.objects.filter(made_by=by, key=words.key).first():
        return stored
    if is_ended and not episode.is_open:
        raise Refused("episode_has_ended")
    _say(episode, words, by, now)
    row = Referral.objects.create(
        episode=episode,
        clinic=words.clinic,
        key=words.key,
        to_whom=_given(to_whom, "to_whom", LONGEST_NAME),
        reason=_given(reason, "reason", LONGEST_REASON),
        made_by=by,
        made_at=now,
    )
    if is_ended:
        _end(episode, Episode.CloseReason.REFERRED, "", by, now)
    return row


def _open(episode_id) -> Episode:
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    if not episode.is_open:
        raise Refused("episode_has_ended")
    return episode


def _end(episode: Episode, reason: str, note: str, by, now: datetime) -> Ending:
    close(episode.pk, reason, now)
    return Ending.objects.create(episode=episode, note=note.strip(), made_by=by, made_at=now)


def _say(episode: Episode, words: Words, by, now: datetime) -> None:
    threads.send(by, episode.patient, words.clinic, words.text, words.key, now)


def _given(text: str, field: str, most: int) -> str:
    text = " ".join(text.split()) if field == "to_whom" else text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("message_empty", field)
    if len(text) > most:
        raise Refused("note_too_long", field, most=most, length=len(text))
    return text
