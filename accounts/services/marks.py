"""A mark by which a phone tells one person's things from another's."""

import hashlib

NOBODY = "nobody"


def mark_of(user) -> str:
    """The same for a person on every device and for ever, and of no use for anything else; "nobody" for a stranger."""
    if not user.is_authenticated:
        return NOBODY
    return hashlib.sha256(f"phone:{user.pk}".encode()).hexdigest()[:20]
