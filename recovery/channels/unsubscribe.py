"""The one-click way out of routine letters (RFC 8058): a signed address that needs no sign-in."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from recovery.models import OutboxMessage

SALT = "recovery.unsubscribe"
ONE_CLICK = "List-Unsubscribe=One-Click"


def token_for(person_id: UUID) -> str:
    """Signed and without an end: an old letter must still let its reader out."""
    return signing.Signer(salt=SALT).sign(str(person_id))


def person_id_of(token: str) -> UUID | None:
    """Whose token this is, or None for one we never made."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def may_be_stopped(message: OutboxMessage) -> bool:
    """Only routine letters to somebody with an account; a letter about safety has no way out."""
    return message.recipient_id is not None and message.priority == OutboxMessage.Priority.ROUTINE


def address(message: OutboxMessage) -> str:
    """Where the recipient stops letters like this one; empty when it cannot be stopped."""
    if not may_be_stopped(message):
        return ""
    return settings.SITE_URL + reverse("unsubscribe", args=[token_for(message.recipient_id)])


def headers(message: OutboxMessage) -> dict[str, str]:
    """What mail programs show their own button from."""
    if not (way_out := address(message)):
        return {}
    return {"List-Unsubscribe": f"<{way_out}>", "List-Unsubscribe-Post": ONE_CLICK}
