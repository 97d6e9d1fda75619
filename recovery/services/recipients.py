"""Whether a message may still go to its recipient, asked at the moment of sending."""

from datetime import datetime

from accounts.models import Consent
from recovery.models import CheckIn, OutboxMessage
from recovery.rules.reminders import local_day

CLINIC_KINDS = ("red_flag_clinic", "escalation_clinic")
NUDGE = "silence_nudge"


def reason_to_withhold(row: OutboxMessage, now: datetime) -> str:
    """Why this message must not go now, or an empty string."""
    if row.recipient is not None and not row.recipient.is_active:
        return "no_channel"
    if row.kind in CLINIC_KINDS:
        return _clinic_reason(row)
    if row.reminder is not None:
        return _state_reason(row) or _reminder_reason(row)
    return _nudge_reason(row) if row.kind == NUDGE else ""


def _clinic_reason(row: OutboxMessage) -> str:
    if not Consent.objects.seen_by(row.recipient).filter(patient=row.episode.patient_id).exists():
        return "consent_withdrawn"
    return "resolved" if row.escalation and row.escalation.status == "resolved" else ""


def _state_reason(row: OutboxMessage) -> str:
    if not row.episode.is_open:
        return "episode_closed"
    return "plan_stopped" if row.episode.is_stopped else ""


def _nudge_reason(row: OutboxMessage) -> str:
    """A word about silence to somebody who has spoken meanwhile would be wrong."""
    has_spoken = CheckIn.objects.filter(episode=row.episode_id, received_at__gte=row.created_at).exists()
    return _state_reason(row) or ("already_checked_in" if has_spoken else "")


def _reminder_reason(row: OutboxMessage) -> str:
    day = local_day(row.reminder.due_at, row.recipient.zone)
    if CheckIn.objects.filter(episode=row.episode_id, day=day).exists():
        return "already_checked_in"
    return ""
