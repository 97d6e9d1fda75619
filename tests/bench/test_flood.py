"""Ten thousand reminders at once with warnings among them, and a million scheduled: what that costs is printed."""

import os
import subprocess
import sys
from contextlib import nullcontext

import pytest

from deploy.testing import postgres, workers


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_no_warning_is_lost_or_late_in_a_flood_of_reminders(database, tmp_path):
    where = nullcontext(f"sqlite:///{tmp_path / 'flood.sqlite3'}") if database == "SQLite" else postgres.embedded()
    with where as url, workers.broker() as broker:
        env = {
            "DJANGO_SETTINGS_MODULE": "deploy.settings",
            "DATABASE_URL": url,
            "REDIS_URL": broker.url,
            "DATA_DIR": str(tmp_path),
            "DEBUG": "1",
            "SITE_URL": "http://127.0.0.1",
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "tests.bench.flood", database]
        assert subprocess.run(command, env={**os.environ, **env}).returncode == 0


def test_a_tick_s_question_goes_by_what_is_due_and_not_by_what_is_scheduled(tmp_path):
    with postgres.embedded() as url:
        env = {"DJANGO_SETTINGS_MODULE": "deploy.settings", "DEBUG": "1"}
        env |= {"DATABASE_URL": url, "DATA_DIR": str(tmp_path)}
        command = [sys.executable, "-m", "tests.bench.scheduled"]
        assert subprocess.run(command, env={**os.environ, **env}).returncode == 0
