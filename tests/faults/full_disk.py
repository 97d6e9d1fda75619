"""A disk that is full: for SQLite a limit of pages, for PostgreSQL a small disk of its own filled to the brim."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

UNLIMITED = 2**30
TABLES = "recovery_checkin", "recovery_decision", "recovery_finding"


@dataclass
class PageLimit:
    """SQLite: the database may not grow; every process that watches this file heeds it."""

    file: Path

    def fill(self) -> None:
        """No room from now on."""
        self.file.write_text(str(_ask("PRAGMA page_count")[0]))

    def free(self) -> None:
        """Room again."""
        self.file.write_text(str(UNLIMITED))

    def is_sound(self) -> bool:
        """Whether the database says of itself that nothing is broken."""
        return _ask("PRAGMA integrity_check")[0] == "ok"


def watch(name: str) -> None:
    """From now on every request of this process heeds the limit in the file of this name; without one, nothing."""
    if name:
        from django.core.signals import request_started

        request_started.connect(lambda **_: _limit(Path(name)), weak=False)


def _limit(file: Path) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    pages = int(file.read_text()) if file.exists() else UNLIMITED
    _ask(f"PRAGMA max_page_count = {pages}")


@dataclass
class SmallDisk:
    """PostgreSQL: the tables check-ins go to live on a disk of a few megabytes."""

    folder: Path

    def fill(self) -> None:
        """No room from now on."""
        with (self.folder / "ballast").open("wb") as ballast:
            try:
                while True:
                    os.write(ballast.fileno(), bytes(8192))
            except OSError:
                pass

    def free(self) -> None:
        """Room again."""
        (self.folder / "ballast").unlink()

    def is_sound(self) -> bool:
        """Whether every row can still be read."""
        return all(_ask(f"SELECT count(*) FROM (SELECT * FROM {table}) AS r")[0] >= 0 for table in TABLES)  # noqa: S608


@contextmanager
def small_disk() -> Iterator[SmallDisk]:
    """Makes one and moves the tables there and back; PermissionError where nobody may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="bs-disk-", dir="/tmp"))
    options = "size=48m,mode=0777"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        folder.rmdir()
        raise PermissionError("only root can mount a small disk")
    disk = SmallDisk(folder)
    try:
        space = folder / "space"
        space.mkdir()
        shutil.chown(space, *_owner_of_the_server())
        _do(f"CREATE TABLESPACE small LOCATION '{space}'", *(f"ALTER TABLE {t} SET TABLESPACE small" for t in TABLES))
        yield disk
        _do(*(f"ALTER TABLE {t} SET TABLESPACE pg_default" for t in TABLES), "DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "-l", folder], check=False)
        folder.rmdir()


def _owner_of_the_server() -> tuple[int, int]:
    """Whoever owns the folder of its socket, which for our own server is its data."""
    from django.db import connection

    stated = Path(connection.settings_dict["OPTIONS"]["host"]).stat()
    return stated.st_uid, stated.st_gid


def _ask(sql: str):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def _do(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
