"""A real broker and real Celery processes, for the tests that are about them."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis
from django.db import connection

from deploy import processes, valkey


@dataclass
class Broker:
    """A Valkey server that can be stopped, started again and emptied."""

    folder: Path
    process: subprocess.Popen | None = None

    @property
    def socket(self) -> Path:
        return self.folder / "valkey.sock"

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Starts the server and waits for its answer."""
        self.process = processes.start(valkey.command(self.socket, self.folder), log=self.folder / "log")
        if not processes.wait_until(lambda: valkey.answers(self.socket), seconds=10):
            raise RuntimeError(f"the broker did not start: {(self.folder / 'log').read_text()[-500:]}")

    def stop(self) -> None:
        """Stops the server; what was queued is kept."""
        if self.process:
            processes.stop(self.process)

    def flush(self) -> None:
        """Forgets everything."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


@contextmanager
def broker() -> Iterator[Broker]:
    """A broker in a short temporary folder, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bs-", dir="/tmp"))
    server = Broker(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class CeleryProcesses:
    """Starts workers and beats on the test's database, broker and mail server; stops what is left at the end."""

    broker_url: str
    email_url: str
    folder: Path
    started: list[subprocess.Popen] = field(default_factory=list)

    def worker(self, concurrency: int = 1, **env: str) -> subprocess.Popen:
        """A worker that has reported itself ready."""
        name = f"worker{len(self.started)}"
        options = ("--without-mingle", "--without-gossip", "--concurrency", concurrency, "--hostname", f"{name}@test")
        process = self._start(name, env, "worker", *options)
        log = self.log(process)
        if not processes.wait_until(lambda: " ready" in log.read_text(), seconds=60):
            raise RuntimeError(f"the worker did not start: {log.read_text()[-2000:]}")
        return process

    def beat(self, **env: str) -> subprocess.Popen:
        """A beat; its first ticks leave at once."""
        return self._start(f"beat{len(self.started)}", env, "beat", "--pidfile", "")

    def log(self, process: subprocess.Popen) -> Path:
        """What this process printed."""
        return self.folder / f"{process.pid}.log"

    def stop_all(self) -> None:
        """Stops what still runs, the youngest first."""
        for process in reversed(self.started):
            processes.stop(process)

    def _start(self, name: str, env: dict, *command) -> subprocess.Popen:
        log = self.folder / f"{name}.log"
        process = processes.start(
            [sys.executable, "-m", "celery", "-A", "deploy", *command, "--loglevel", "INFO"],
            env={**self._environment(), **env},
            log=log,
        )
        self.log(process).symlink_to(log)
        self.started.append(process)
        return process

    def _environment(self) -> dict:
        return {
            "DJANGO_SETTINGS_MODULE": "deploy.settings",
            "DEBUG": "1",
            "LOG_LEVEL": "INFO",
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.broker_url,
            "EMAIL_URL": self.email_url,
            "DATA_DIR": str(self.folder),
            "SITE_URL": "http://testserver",
        }


def database_url() -> str:
    """The address of the database this test writes to."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    host = f"?host={where['OPTIONS']['host']}" if where.get("OPTIONS", {}).get("host") else ""
    port = f":{where['PORT']}" if where["PORT"] else ""
    person = f"{where['USER']}:{where['PASSWORD']}" if where["PASSWORD"] else where["USER"]
    return f"postgres://{person}@{where['HOST']}{port}/{where['NAME']}{host}"
