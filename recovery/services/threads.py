"""Patient and clinic write to each other; the thread is open while the patient shares with that clinic."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import Clinic, Consent, User
from recovery.models import Episode, ReadMark, Thread, ThreadMessage
from recovery.models.thread import LONGEST_TEXT

from . import thread_notices
from .refusals import Conflict, Refused

MOST_AN_HOUR = 30  # messages of one person in one thread
KEPT_FOR = timedelta(days=3653)  # ten years, as long as most countries ask a clinic to keep its records
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a reader sees it; `read_at` is when somebody on the other side first had it before them."""

    message: ThreadMessage
    is_mine: bool
    is_patients: bool
    is_new: bool
    read_at: datetime | None


def between(patient, clinic: Clinic) -> Thread | None:
    """The thread of a patient and a clinic, if either has written."""
    return Thread.objects.filter(patient=patient, clinic=clinic).first()


@transaction.atomic
def send(author, patient, clinic: Clinic, text: str, key: UUID, now: datetime) -> ThreadMessage:
    """Adds a message; the same key and text again is the same message, however often it is tapped."""
    text = _readable(text)
    thread = _open_thread(patient, clinic, now)
    if stored := ThreadMessage.objects.filter(author=author, key=key).first():
        if (stored.thread_id, stored.text) != (thread.pk, text):
            raise Conflict("key_used_for_other_message", stored)
        return stored
    lately = thread.messages.filter(author=author, sent_at__gt=now - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise Refused("too_many_messages", "text")
    message = ThreadMessage.objects.create(thread=thread, author=author, key=key, text=text, sent_at=now)
    by_patient = author.pk == patient.pk
    thread.waiting_since = (thread.waiting_since or now) if by_patient else None
    thread.save(update_fields=["waiting_since"])
    _mark(thread, author, message, now)
    thread_notices.tell(message, _newest_episode(patient), now)
    return message


@transaction.atomic
def mark_read(thread: Thread, reader, now: datetime) -> None:
    """The reader has everything of the thread before them; marks only move forward."""
    newest = thread.messages.last()
    if newest is not None:
        Thread.objects.select_for_update().get(pk=thread.pk)
        _mark(thread, reader, newest, now)


def needs_no_answer(thread: Thread) -> bool:
    """A clinician says the patient's last word needs no reply; False when nothing was waiting."""
    return bool(Thread.objects.waiting().filter(pk=thread.pk).update(waiting_since=None))


def lines(thread: Thread | None, reader) -> list[Line]:
    """The newest messages, oldest first, as this person reads them."""
    if thread is None:
        return []
    messages = list(thread.messages.select_related("author").order_by("-pk")[:SHOWN])[::-1]
    marks = list(thread.read_marks.order_by("read_at"))
    mine = next((mark.through_id for mark in marks if mark.reader_id == reader.pk), 0)
    return [_line(message, thread.patient_id, reader, marks, mine) for message in messages]


def unread(found, reader) -> int:
    """How many messages of others in these threads this person has not had before them."""
    had = ReadMark.objects.filter(thread=OuterRef("thread"), reader=reader, through__gte=OuterRef("pk"))
    return ThreadMessage.objects.filter(~Exists(had), thread__in=found).exclude(author=reader).count()


def forget_old(now: datetime) -> int:
    """Lets go of messages nobody has to keep any longer; returns how many."""
    return ThreadMessage.objects.forget_before(now - KEPT_FOR)


def _line(message, patient_id, reader, marks, mine: int) -> Line:
    is_patients = message.author_id == patient_id
    others = [m for m in marks if (m.reader_id == patient_id) != is_patients]
    read_at = next((mark.read_at for mark in others if mark.through_id >= message.pk), None)
    is_mine = message.author_id == reader.pk
    return Line(message, is_mine, is_patients, not is_mine and message.pk > mine, read_at)


def _readable(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("message_empty", "text")
    if len(text) > LONGEST_TEXT:
        raise Refused("message_too_long", "text", most=LONGEST_TEXT, length=len(text))
    return text


def _open_thread(patient, clinic: Clinic, now: datetime) -> Thread:
    """The thread, held until the transaction ends, while the consent that opens it is held too."""
    agreed = Consent.objects.active().of(patient).sharing_with(clinic).select_for_update().first()
    if agreed is None:
        raise Refused("thread_closed")
    if not User.objects.staff_of(clinic).filter(is_active=True).exists():
        raise Refused("nobody_reads", clinic=clinic.name)
    if _newest_episode(patient) is None:
        raise Refused("no_episode_to_write_about")
    Thread.objects.get_or_create(patient=patient, clinic=clinic, defaults={"opened_at": now})
    return Thread.objects.select_for_update().get(patient=patient, clinic=clinic)


def _newest_episode(patient) -> Episode | None:
    return Episode.objects.of(patient).order_by("-opened_at").first()


def _mark(thread: Thread, reader, message: ThreadMessage, now: datetime) -> None:
    fresh = {"through": message, "read_at": now}
    mark, is_new = ReadMark.objects.get_or_create(thread=thread, reader=reader, defaults=fresh)
    if not is_new and mark.through_id < message.pk:
        mark.through, mark.read_at = message, now
        mark.save(update_fields=["through", "read_at"])
