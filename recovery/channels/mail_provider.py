"""What a mail provider behind django-anymail answers, in our own two words."""

from .errors import AddressRefused, Permanent, Temporary

try:
    from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused

    REFUSED: tuple[type[Exception], ...] = (AnymailInvalidAddress, AnymailRecipientsRefused)
except ImportError:  # the extra `provider` is not installed: mail goes by SMTP

    class AnymailError(Exception):
        """Never raised."""

    REFUSED = ()

ABOUT_THE_MESSAGE = (400, 413, 422)  # anything else is about us or about now: people put it right, or time does
BUSY = 429


def provider_problem(problem: Exception) -> Temporary | Permanent:
    """Whether this is for now or for ever."""
    if isinstance(problem, REFUSED):
        return AddressRefused("recipient refused by the provider")
    status = getattr(problem, "status_code", None)
    words = f"provider answered {status}" if status else type(problem).__name__
    return Permanent(words) if status in ABOUT_THE_MESSAGE else Temporary(words, is_soon=status != BUSY)
