"""Backstride served as in production, with compressed files and the strict policy, and the demo's people in it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from deploy import processes

ROOT = Path(__file__).parents[2]
ALL_IS_WELL = (
    "from datetime import timedelta; from django.utils import timezone; from recovery.services import heartbeat; "
    "heartbeat.note('auditor', timezone.now() + timedelta(days=1))"
)
PASSWORD = "one-step-at-a-time"
DIRECTLY = build_opener(ProxyHandler({}))
SECRETS = {  # a command reads what the web process sealed
    "SECRET_KEY": "for-the-browser-tests-only-and-never-anywhere-else-1234",
    "AUDIT_KEY": "seals-what-browser-tests-look-at-and-nothing-else-5678",
    "DATA_KEYS": "opens-what-browser-notes-say-and-nothing-else-at-all-90123",
}


@dataclass(frozen=True)
class Stage:
    """Where it is served, and a look into what it keeps."""

    address: str
    database: Path

    @property
    def as_it_began(self) -> Path:
        """A copy of the database that nobody has visited."""
        return self.database.with_name("began.sqlite3")

    def manage(self, *command: str) -> None:
        """Runs a management command on what is served, as a worker or an administrator would."""
        env = {"DJANGO_SETTINGS_MODULE": "deploy.settings", "DEBUG": "1", "DATA_DIR": str(self.database.parent)}
        _manage({**env, **SECRETS, "DATABASE_URL": f"sqlite:///{self.database}"}, *command)

    def rows(self, question: str, *values) -> list[tuple]:
        """What the database answers."""
        with sqlite3.connect(self.database, timeout=20) as connection:
            return connection.execute(question, values).fetchall()


@contextmanager
def served(folder: Path, broker_url: str, email_url: str, like: Stage | None = None):
    """Serves a filled database and the static files until the end; `like` another stage, as that one began."""
    port = processes.free_port()
    database = folder / "stage.sqlite3"
    stage = Stage(f"http://127.0.0.1:{port}", database)
    env = _production(stage, folder, broker_url, email_url)
    if like is None:
        _fill({**env, "DEBUG": "1"})
        _copy(database, stage.as_it_began)
        _manage(env, "collectstatic", "--noinput", "-v0")
    else:
        _copy(like.as_it_began, database)
        env["STATIC_ROOT"] = str(like.database.parent / "static")
    bind = ["--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", *bind, "tests.browser.behind_tls"]
    web = processes.start(command, env=env, log=folder / "web.log", cwd=ROOT)
    try:
        if not processes.wait_until(lambda: _answers(stage), seconds=60):
            raise RuntimeError((folder / "web.log").read_text()[-2000:])
        yield stage
    finally:
        processes.stop(web)


def _production(stage: Stage, folder: Path, broker_url: str, email_url: str) -> dict:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DEBUG": "",
        **SECRETS,
        "SITE_URL": stage.address,
        "ALLOWED_HOSTS": "",
        "DATABASE_URL": f"sqlite:///{stage.database}",
        "REDIS_URL": broker_url,
        "EMAIL_URL": email_url,
        "DATA_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "PROXIES": "1",  # behind_tls plays the proxy
        "WEB_PROCESSES": "1",
        "LOG_LEVEL": "WARNING",
    }


def _fill(env: dict) -> None:
    _manage(env, "migrate", "-v0")
    _manage(env, "load_plan")
    _manage(env, "shell", "-v0", "-c", ALL_IS_WELL)
    _manage(env, "seed_demo", "--password", PASSWORD, "--patients", "13")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as begun, closing(sqlite3.connect(target)) as copied:
        begun.backup(copied)


def _manage(env: dict, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        env={**os.environ, **env},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {(done.stdout + done.stderr)[-2000:]}")


def _answers(stage: Stage) -> bool:
    try:
        DIRECTLY.open(f"{stage.address}/healthz", timeout=5).close()
    except OSError:
        return False
    return True
