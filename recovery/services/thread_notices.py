"""Telling the other side that a message waits: never what it says, and once until it is read."""

from datetime import datetime, timedelta

from accounts.models import User
from recovery.models import Episode, OutboxMessage, ReadMark, ThreadMessage

from . import outbox
from .thread_rights import TO_CLINIC, TO_PATIENT

AGAIN_AFTER = timedelta(hours=24)  # somebody who has not read the first is told again by a later message


def tell(message: ThreadMessage, episode: Episode | None, now: datetime) -> None:
    """Writes a notice for each reader on the other side, in the caller's transaction."""
    thread = message.thread
    if message.author_id == thread.patient_id:
        readers, kind = _answering_for(thread.clinic), TO_CLINIC
    else:
        readers, kind = [thread.patient], TO_PATIENT
    outbox.write(
        outbox.message(
            f"{_occasion(message, reader)}{message.pk}",
            kind,
            now,
            recipient=reader,
            episode=episode,
            priority=OutboxMessage.Priority.ACCOUNT,
            context={"message_id": message.pk, "clinic_id": str(thread.clinic_id)},
        )
        for reader in readers
        if not _was_told(message, reader, now)
    )


def _answering_for(clinic) -> list[User]:
    """Clinicians on duty; all of the clinic when nobody is."""
    staff = User.objects.staff_of(clinic).filter(is_active=True).exclude(role=User.Role.PATIENT).distinct()
    on_duty = User.objects.on_duty_at(clinic).filter(is_active=True).exclude(role=User.Role.PATIENT).distinct()
    return list(on_duty) or list(staff)


def _occasion(message: ThreadMessage, reader) -> str:
    return f"thread:{message.thread_id}:{reader.pk}:"


def _was_told(message: ThreadMessage, reader, now: datetime) -> bool:
    """Whether an earlier notice about this thread still stands for what the reader has not read."""
    told = OutboxMessage.objects.of(reader).filter(
        key__startswith=_occasion(message, reader), created_at__gt=now - AGAIN_AFTER
    )
    mark = ReadMark.objects.filter(thread=message.thread_id, reader=reader).first()
    return told.filter(created_at__gt=mark.read_at).exists() if mark else told.exists()
