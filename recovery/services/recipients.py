"""Whom a message may go to and by which way, asked when it is written and again at the moment of sending."""

from collections.abc import Iterable
from datetime import date, datetime

from accounts.models import Consent, Membership, User
from recovery.channels import sms
from recovery.channels.directory import CHANNELS
from recovery.models import CheckIn, Delivery, Episode, Escalation, OutboxMessage, Reminder
from recovery.rules.reminders import local_day

from . import email_standing, restraint, staff_wishes, thread_rights

CLINIC_KINDS = ("red_flag_clinic", "escalation_clinic", "climb_clinic", "back_clinic")
ADMIN_KINDS = ("climb_admin", "unread_admin", "alarm", "emergency_admin")
NUDGE = "silence_nudge"
DIGEST = "clinic_digest"
EMAIL = ("email", "")


def endpoints_of(message: OutboxMessage) -> list[tuple[str, str]]:
    """Every (channel, endpoint) by which the recipient is told; a bare address has only e-mail, staff may choose."""
    if message.recipient is None:
        return [EMAIL]
    if message.kind == sms.CODE_KIND:
        return [(sms.Sms.name, sms.TO_VERIFY)]
    if message.kind == DIGEST:
        return [EMAIL]
    ways = _ways_to(message)
    return ways if message.recipient.is_patient else staff_wishes.chosen(message.recipient, ways)


def _ways_to(message: OutboxMessage) -> list[tuple[str, str]]:
    """Every way the recipient has, wished or not."""
    ways = [channel for channel in CHANNELS.values() if channel.name != sms.Sms.name or sms.is_for(message)]
    return [(channel.name, point) for channel in ways for point in channel.endpoints(message.recipient)]


def way_round(message: OutboxMessage, rows: Iterable[Delivery]) -> tuple[str, str] | None:
    """Another way when none so far can bring it: e-mail, then whatever else the person has."""
    if message.kind in (sms.CODE_KIND, DIGEST):  # proves the number it was sent to; is a letter and nothing else
        return None
    tried = {(row.channel, row.endpoint) for row in rows}
    left = [EMAIL, *(_ways_to(message) if message.recipient is not None else ())]
    return next((way for way in left if way not in tried), None)


def hold_until(row: Delivery, now: datetime) -> datetime | None:
    """When the recipient's quiet hours end, if this delivery should wait for that."""
    return restraint.quiet_until_for(row.message, now)


def reason_to_withhold(row: Delivery, now: datetime) -> str:
    """Why this delivery must not go now, or an empty string."""
    message = row.message
    if message.recipient is not None and not message.recipient.is_active:
        return "no_channel"
    channel = CHANNELS.get(row.channel)  # one that was switched off meanwhile is none
    if channel is None or not channel.can_reach(message.recipient, row.endpoint):
        return "no_channel"
    if row.channel == "email" and email_standing.is_unwanted(message):
        return "unsubscribed"
    if message.kind in thread_rights.KINDS:
        return thread_rights.reason_to_withhold(message)
    if message.kind in CLINIC_KINDS:
        return _clinic_reason(message) or _taken_reason(message)
    if message.kind == DIGEST:
        return _digest_reason(message)
    if message.kind in ADMIN_KINDS:
        return _admin_reason(message) or _taken_reason(message)
    return _untimely(message) or restraint.reason(message, now)


def _untimely(message: OutboxMessage) -> str:
    """Why a question to a patient is no longer to be asked."""
    if message.reminder is not None:
        return _state_reason(message.episode) or _reminder_reason(message.reminder, message.recipient)
    return _nudge_reason(message) if message.kind == NUDGE else ""


def _clinic_reason(message: OutboxMessage) -> str:
    seen = Consent.objects.seen_by(message.recipient)
    if message.episode is None or not seen.filter(patient=message.episode.patient_id).exists():
        return "consent_withdrawn"
    return ""


def _digest_reason(message: OutboxMessage) -> str:
    """A clinic's week is for the people who work there when the letter leaves."""
    working = Membership.objects.active().of(message.recipient).filter(clinic=message.context.get("clinic_id"))
    return "" if working.exists() else "left_clinic"


def _admin_reason(message: OutboxMessage) -> str:
    return "" if message.recipient is not None and message.recipient.is_admin else "no_admin"


def _taken_reason(message: OutboxMessage) -> str:
    """What a person has taken or closed needs nobody else; read anew, as somebody may just have said so."""
    about = Escalation.objects.filter(messages=message.pk)
    status = about.values_list("status", flat=True).first()
    return {"acknowledged": "taken", "resolved": "resolved"}.get(status or "", "")


def _state_reason(episode: Episode | None) -> str:
    if episode is None or not episode.is_open:
        return "episode_closed"
    return "plan_stopped" if episode.is_stopped else ""


def _pause_reason(episode: Episode | None, day: date) -> str:
    return "paused" if episode is not None and episode.is_paused_on(day) else ""


def _nudge_reason(message: OutboxMessage) -> str:
    """A word about silence to somebody who has spoken meanwhile would be wrong."""
    has_spoken = CheckIn.objects.filter(episode=message.episode_id, received_at__gte=message.created_at).exists()
    day = local_day(message.created_at, message.recipient.zone) if message.recipient else None
    is_paused = _pause_reason(message.episode, day) if day else ""
    return _state_reason(message.episode) or is_paused or ("already_checked_in" if has_spoken else "")


def _reminder_reason(reminder: Reminder, patient: User | None) -> str:
    if patient is None:
        return "no_channel"
    day = local_day(reminder.due_at, patient.zone)
    if reason := _pause_reason(reminder.episode, day):
        return reason
    return "already_checked_in" if CheckIn.objects.filter(episode=reminder.episode_id, day=day).exists() else ""
