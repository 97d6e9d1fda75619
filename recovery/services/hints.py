"""A word that something is due, for whoever can look at once: it names nothing, and lost it costs one tick."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from recovery.models import OutboxMessage


def after_commit(messages: Iterable[OutboxMessage]) -> None:
    """Gives the word when these rows are committed, if one of them is too urgent to wait for a tick."""
    if any(message.priority != OutboxMessage.Priority.ROUTINE for message in messages):
        transaction.on_commit(_give, robust=True)


def _give() -> None:
    if settings.HINT:
        import_string(settings.HINT)()
