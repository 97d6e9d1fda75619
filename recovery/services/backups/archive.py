"""The file itself: a copy of the database, the ledger of erasures, and a manifest that says what must be in it."""

import hashlib
import json
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import AuditEvent

from .copies import copy_to, put_back
from .refusals import CannotCopy

FORMAT = 1
COUNTED = ("accounts", "recovery")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the database held: how many rows of each kind, how far the audit trail had come, which schema."""

    format: int
    made_at: str
    vendor: str
    sha256: str
    rows: dict[str, int]
    audit: list
    migrations: list[list[str]]


def write(path: Path, now: datetime) -> Manifest:
    """Makes the file, readable by its owner alone; refuses to write over another one."""
    if path.exists():
        raise CannotCopy(f"The file {path} is there already: choose another name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder, "database")
        copy_to(copy)
        manifest = _manifest(copy, now)
        half = Path(folder, "archive")
        with tarfile.open(half, "w:gz") as archive:
            Path(folder, "manifest.json").write_text(json.dumps(asdict(manifest), indent=1))
            archive.add(Path(folder, "manifest.json"), "manifest.json")
            archive.add(copy, "database")
            if Path(settings.ERASURES).exists():
                archive.add(settings.ERASURES, "erasures")
        half.chmod(0o600)
        half.replace(path)
    return manifest


def put_back_from(path: Path) -> Manifest:
    """Replaces the database by the one in the file; refuses a file that is damaged or of another kind of database."""
    with tempfile.TemporaryDirectory(dir=Path(settings.DATA_DIR)) as folder:
        manifest = _unpack(path, Path(folder))
        copy = Path(folder, "database")
        if manifest.vendor != connection.vendor:
            raise CannotCopy(f"This is a backup of {manifest.vendor}, and DATABASE_URL names {connection.vendor}.")
        if _digest(copy) != manifest.sha256:
            raise CannotCopy(f"The file {path} is damaged: its database is not the one that was written.")
        put_back(copy)
        _add_ledger(Path(folder, "erasures"))
    if (found := rows()) != manifest.rows:
        different = sorted(label for label in manifest.rows if found.get(label) != manifest.rows[label])
        raise CannotCopy(f"Put back, but the number of rows differs in {', '.join(different)}: do not go on with it.")
    return manifest


def rows() -> dict[str, int]:
    """How many rows of each kind of ours there are, of kinds that have a table."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    ours = [model for model in apps.get_models() if model._meta.app_label in COUNTED]
    return {m._meta.label: m._base_manager.count() for m in ours if m._meta.db_table in tables}


def _manifest(copy: Path, now: datetime) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    head = AuditEvent.objects.order_by("-number").values_list("number", "mac").first()
    return Manifest(
        format=FORMAT,
        made_at=now.isoformat(),
        vendor=connection.vendor,
        sha256=_digest(copy),
        rows=rows(),
        audit=list(head or (0, "")),
        migrations=sorted(list(key) for key in applied),
    )


def _unpack(path: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        return Manifest(**json.loads(Path(folder, "manifest.json").read_text()))
    except (OSError, tarfile.TarError, ValueError, TypeError, EOFError) as problem:
        raise CannotCopy(f"The file {path} is not a backup of Backstride, or is damaged.") from problem


def _add_ledger(from_backup: Path) -> None:
    """Whoever was erased is in the ledger kept here, in the one of the backup, or in both."""
    if not from_backup.exists():
        return
    here = Path(settings.ERASURES)
    here.parent.mkdir(parents=True, exist_ok=True)
    known = here.read_text().splitlines() if here.exists() else []
    new = [line for line in from_backup.read_text().splitlines() if line not in known]
    with here.open("a") as file:
        file.writelines(f"{line}\n" for line in new)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
