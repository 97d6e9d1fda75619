"""Whether a notice about a message may still go: asked at the moment of sending."""

from accounts.models import Consent
from recovery.models import OutboxMessage, ReadMark, ThreadMessage

TO_PATIENT, TO_CLINIC = "thread_patient", "thread_clinic"
KINDS = (TO_PATIENT, TO_CLINIC)


def reason_to_withhold(notice: OutboxMessage) -> str:
    """Why a notice must not go now: the patient no longer shares with the clinic, or it has been read."""
    message = ThreadMessage.objects.select_related("thread").filter(pk=notice.context.get("message_id")).first()
    if message is None:
        return "already_read"
    thread, reader = message.thread, notice.recipient
    agreed = Consent.objects.active().of(thread.patient_id).sharing_with(thread.clinic_id)
    if notice.kind == TO_CLINIC:
        agreed = agreed.filter(clinic__memberships__user=reader, clinic__memberships__left_at__isnull=True)
    if not agreed.exists():
        return "consent_withdrawn"
    is_read = ReadMark.objects.filter(thread=thread, reader=reader, through__gte=message).exists()
    return "already_read" if is_read else ""
