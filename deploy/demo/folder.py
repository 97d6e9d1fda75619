"""The demo's folder: its secret, its database, its mail, its logs."""

import fcntl
import os
import secrets
from pathlib import Path

from .errors import CannotStart


class Folder:
    """Everything the demo keeps; one demo at a time."""

    def __init__(self, path: Path):
        self.path = path
        self.mail, self.logs, self.broker = path / "mail", path / "logs", path / "broker"
        self._lock = None

    def prepare(self) -> None:
        """Makes the folder and takes it; refuses when it cannot be written to or is in use."""
        try:
            for part in (self.path, self.mail, self.logs, self.broker):
                part.mkdir(parents=True, exist_ok=True)
            self._lock = (self.path / "lock").open("w")
            for log in self.logs.glob("*.log"):
                log.unlink()
        except OSError as problem:
            raise CannotStart(
                f"The folder {self.path} cannot be written to: choose another with make demo DATA_DIR=/path/to/folder."
            ) from problem
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise CannotStart(
                f"Another demo uses {self.path}: stop it first, or choose another with DATA_DIR=/path/to/folder."
            ) from problem

    def secret(self, name: str = "secret", size: int = 50) -> str:
        """A key of so many bytes, made once and readable by its owner alone; the signing key unless named."""
        path = self.path / name
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(size))
        return path.read_text().strip()

    def log(self, name: str) -> Path:
        """Where a process writes its lines."""
        return self.logs / f"{name}.log"
