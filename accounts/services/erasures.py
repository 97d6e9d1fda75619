"""The ledger of erasures, in the database and in a file beside it: a restored backup is older than either."""

import fcntl
import logging
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from ..models import Erasure

log = logging.getLogger(__name__)


def note(subject: UUID, now: datetime) -> None:
    """Writes an erasure into the ledger; once is enough."""
    Erasure.objects.get_or_create(subject=subject, defaults={"erased_at": now})


def note_outside(subject: UUID, now: datetime) -> None:
    """Adds the line to the file that outlives a restore, and to the log."""
    log.warning("account erased %s", subject)
    path = Path(settings.ERASURES)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(f"{subject} {now.isoformat()}\n")
    except OSError as problem:
        log.error("erasure not written outside the database: %s", type(problem).__name__)


def known() -> set[UUID]:
    """Everybody either ledger names."""
    found = set(Erasure.objects.values_list("subject", flat=True))
    try:
        lines = Path(settings.ERASURES).read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return found
    return found | {UUID(line.split()[0]) for line in lines if line.strip()}
