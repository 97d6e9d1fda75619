"""Signs of life, so that silence of the machinery is noticed."""

from datetime import datetime

from recovery.models import Heartbeat


def note(name: str, now: datetime) -> None:
    """Remembers that a process was alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
