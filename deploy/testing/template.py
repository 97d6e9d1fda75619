"""An empty, migrated SQLite database, made once for each state of the migrations and copied for every test run."""

import hashlib
import os
import shutil
import sqlite3
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "test-databases"


def copy_to(path: str) -> bool:
    """Whether there was one of this state to put at `path`; what is missing from it, migrate adds as ever."""
    template = _template()
    if not template.exists():
        return False
    shutil.copyfile(template, path)
    return True


def keep(database: sqlite3.Connection) -> None:
    """Keeps a copy of a database that was just migrated; several processes may do so at once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    mine = KEPT / f"{os.getpid()}.part"
    mine.unlink(missing_ok=True)
    copy = sqlite3.connect(mine)
    database.backup(copy)
    copy.execute("PRAGMA journal_mode=DELETE")
    copy.close()
    mine.replace(_template())


def _template() -> Path:
    return KEPT / f"{_state()}.sqlite3"


def _state() -> str:
    """Changes with any migration of ours and any installed package."""
    found = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        found.update(path.read_bytes())
    for name, version in sorted((package.name, package.version) for package in distributions()):
        found.update(f"{name} {version}\n".encode())
    return found.hexdigest()[:32]
