"""Asking again who somebody is before what cannot be taken back."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings


def confirmed(view):
    """Looking is free; a change needs a password or a factor given within the last minutes, and goes on by itself."""
    return reauthentication_required(view, enabled=_is_asked)


def _is_asked(request) -> bool:
    return settings.SECOND_STEP and request.method not in ("GET", "HEAD")
