"""Signs of life, so that silence of the machinery is noticed."""

from datetime import datetime, timedelta

from recovery.models import Heartbeat

BEAT = "beat"
RESTORED = "restored"  # when a backup was last put back: phones then offer again what they sent lately
MAY_BE_SILENT_FOR = timedelta(minutes=3)


def note(name: str, now: datetime) -> None:
    """Remembers that a process was alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def last(name: str) -> datetime | None:
    """When a process last showed itself."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def is_fresh(name: str, now: datetime, within: timedelta = MAY_BE_SILENT_FOR) -> bool:
    """Whether a process has shown itself lately."""
    return Heartbeat.objects.filter(name=name, at__gt=now - within).exists()
