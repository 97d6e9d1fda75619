"""Who may know whom, and who may read the clock; the agreements are written in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_import_contracts_hold():
    checked = run(PROGRAMS / "lint-imports", "--no-cache")
    assert checked.returncode == 0, checked.stdout


def test_only_doors_read_the_clock():
    checked = run(sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", ".")
    assert checked.returncode == 0, checked.stdout


def test_a_clock_read_in_a_service_is_found(tmp_path):
    culprit = tmp_path / "services.py"
    culprit.write_text("from django.utils import timezone\n\nNOW = timezone.now()\n")
    checked = run(sys.executable, "-m", "ruff", "check", "--no-cache", "--config", ROOT / "pyproject.toml", culprit)
    assert "TID251" in checked.stdout
