"""Copying a whole database into a file and back, each kind by its own means."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from .refusals import CannotCopy


def copy_to(path: Path) -> None:
    """A consistent copy of the database as it is now, while others go on writing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("vacuum into %s", [str(path)])
    else:
        _run("pg_dump", "--format", "custom", "--no-owner", "--file", str(path))


def put_back(path: Path) -> None:
    """Makes the database what the copy says; what was there before is gone, on SQLite set aside."""
    connection.close()
    if connection.vendor == "sqlite":
        _put_file_back(path, Path(connection.settings_dict["NAME"]))
    else:
        name = _environment()["PGDATABASE"]
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", name, str(path))


def _put_file_back(copy: Path, database: Path) -> None:
    near = database.with_name(database.name + ".restoring")
    shutil.copyfile(copy, near)
    near.chmod(0o600)
    if database.exists():
        os.replace(database, database.with_name(database.name + ".before-restore"))
    for rest in ("-wal", "-shm"):  # they belong to the file that is gone
        database.with_name(database.name + rest).unlink(missing_ok=True)
    os.replace(near, database)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise CannotCopy(f"The program {program} is missing: install PostgreSQL's client programs and try again.")
    done = subprocess.run([found, *arguments], env=_environment(), capture_output=True, text=True)
    if done.returncode:
        raise CannotCopy(f"{program} failed: {done.stderr.strip()[-500:]}")


def _environment() -> dict[str, str]:
    """Where the database is, told without showing a password in the list of processes."""
    known = connection.settings_dict
    told = {
        "PGHOST": known["HOST"] or known["OPTIONS"].get("host", ""),
        "PGPORT": str(known["PORT"] or ""),
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
    }
    return {**os.environ, **{name: value for name, value in told.items() if value}}
