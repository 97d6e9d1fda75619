"""How far the audit trail had come, kept outside the database: whoever cuts off its end there is found out here."""

import contextlib
import fcntl
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)

LOGGED_EVERY = 100


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row the trail must still hold, with its seal."""

    number: int
    mac: str


def drop(number: int, mac: str) -> None:
    """Remembers the newest row in a file; every hundredth goes to the log as well, which leaves this machine."""
    if number % LOGGED_EVERY == 0:
        log.warning("audit anchor %d %s", number, mac)
    path = Path(settings.AUDIT_ANCHORS)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path) as file:
            if number > _newest(file.read()):
                file.truncate(0)
                file.write(f"{number} {mac}\n")
    except OSError as problem:
        log.error("audit anchor not kept: %s", type(problem).__name__)


def start_again(number: int, mac: str) -> None:
    """After a restore the trail ends earlier than it did; the log keeps the older anchors."""
    log.warning("audit anchor put back to %d %s", number, mac)
    path = Path(settings.AUDIT_ANCHORS)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{number} {mac}\n")
    except OSError as problem:
        log.error("audit anchor not kept: %s", type(problem).__name__)


def kept() -> list[Anchor]:
    """The anchors in the file; one is enough to prove all rows before it."""
    try:
        lines = Path(settings.AUDIT_ANCHORS).read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    return read(lines)


def read(lines) -> list[Anchor]:
    """Anchors from lines such as `120 9f…`, or from log lines that hold `audit anchor 120 9f…`."""
    found = []
    for line in lines:
        words = line.partition("audit anchor ")[2].split() or line.split()
        if len(words) >= 2 and words[0].isdigit():
            found.append(Anchor(int(words[0]), words[1][:64]))
    return found


@contextlib.contextmanager
def _locked(path: Path) -> Iterator:
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file


def _newest(text: str) -> int:
    return max((anchor.number for anchor in read(text.splitlines())), default=0)
