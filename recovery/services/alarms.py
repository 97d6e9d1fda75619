"""Telling admins that the machinery itself needs a person: once for each kind of trouble and its beginning."""

from datetime import datetime

from accounts.models import User
from recovery.models import OutboxMessage

from . import heartbeat, outbox

NO_BEAT = "no_beat"


def sound(what: str, since: datetime, now: datetime, **context) -> int:
    """Writes to every admin; told again of the same trouble, nobody hears it twice. Returns how many are new."""
    admins = User.objects.filter(role=User.Role.ADMIN, is_active=True)
    messages = [
        outbox.message(
            f"alarm:{what}:{since:%Y%m%dT%H%M%S}:{admin.pk}",
            "alarm",
            now,
            recipient=admin,
            context={"what": what, "since": f"{since:%Y-%m-%d %H:%M} UTC", **context},
        )
        for admin in admins
    ]
    before = OutboxMessage.objects.filter(key__in=[message.key for message in messages]).count()
    if before < len(messages):
        outbox.write(messages)
    return len(messages) - before


def watch_beat(now: datetime, watched_since: datetime | None = None) -> int:
    """Sounds the alarm when beat has been silent for too long; returns how many people are told.

    A beat that has never shown itself counts as silent from when the caller began to watch, if it says so.
    """
    since = heartbeat.last(heartbeat.BEAT) or watched_since
    if since is None or now - since <= heartbeat.MAY_BE_SILENT_FOR:
        return 0
    return sound(NO_BEAT, since, now)
