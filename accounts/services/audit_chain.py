"""The seal on each row of the audit trail: a code over the row and the seal before it, under a key kept elsewhere."""

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings

BEGINNING = "0" * 64
APART = "\x1f"  # a character no column holds, so that no two rows are spelled alike


def seal(
    number: int,
    at: datetime,
    actor: UUID | None,
    role: str,
    action: str,
    what: str,
    details: str,
    patients: Iterable[UUID],
    previous: str,
) -> str:
    """HMAC-SHA-256 over every column, the patients in order of their ids, and the row before."""
    columns = (
        str(number),
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(actor or ""),
        role,
        action,
        what,
        details,
        *sorted(map(str, patients)),
        previous,
    )
    return hmac.new(settings.AUDIT_KEY.encode(), APART.join(columns).encode(), sha256).hexdigest()
