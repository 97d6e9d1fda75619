"""The panel of a clinic of 20 000: what its first page costs is printed, and it never asks more for more patients."""

import os
import subprocess
import sys

from deploy.testing import postgres, workers
from tests.browser.stage import SECRETS


def test_the_panel_of_a_large_clinic_asks_no_more_often_than_that_of_a_small_one(tmp_path):
    with postgres.embedded() as url, workers.broker() as broker:
        env = {
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",  # staff come in by password alone
            "DATABASE_URL": url,
            "REDIS_URL": broker.url,
            "DATA_DIR": str(tmp_path),
            "STATIC_ROOT": str(tmp_path / "static"),
            "DEBUG": "",
            **SECRETS,
            "SITE_URL": "https://127.0.0.1",
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "tests.bench.morning"]
        assert subprocess.run(command, env={**os.environ, **env}).returncode == 0
