"""A check-in beside a bare insert: what it costs is printed, never asserted."""

import os
import subprocess
import sys
from contextlib import nullcontext

import pytest

from deploy.testing import postgres, workers
from tests.browser.stage import SECRETS


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_what_a_check_in_costs_is_printed(database, tmp_path):
    given = f"sqlite:///{tmp_path / 'bench.sqlite3'}"
    where = nullcontext(given) if database == "SQLite" else postgres.embedded(durable=True)
    with where as url, workers.broker() as broker:
        env = {
            "DJANGO_SETTINGS_MODULE": "deploy.settings",
            "DATABASE_URL": url,
            "REDIS_URL": broker.url,
            "DATA_DIR": str(tmp_path),
            "DEBUG": "",
            **SECRETS,
            "SITE_URL": "https://127.0.0.1",
            "PROXIES": "1",
            "LOG_LEVEL": "ERROR",
            "API_RATE_PERSON": "600/s",
        }
        command = [sys.executable, "-m", "tests.bench.measure", database]
        assert subprocess.run(command, env={**os.environ, **env}).returncode == 0
