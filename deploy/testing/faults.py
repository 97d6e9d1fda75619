"""`make faults`: real processes killed by their ids, on SQLite and on PostgreSQL; at the end promised and seen."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from deploy.testing import postgres

ROW = "{:6}  {:62.62}  {:>10.10}  {:>22.22}  {:>22.22}"
DATABASES = "SQLite", "PostgreSQL"


def main(arguments: list[str]) -> int:
    """The exit code: 0 only if both runs were green."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "rows"
        kept.touch()
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "deploy.testing.settings", "FAULT_TABLE": str(kept)}
        began = time.monotonic()
        codes = [_run(env, arguments)]
        halfway = time.monotonic()
        with postgres.embedded() as url:
            codes.append(_run({**env, "TEST_DATABASE_URL": url, "TEST_ONLY_DATABASE": "1"}, arguments))
        _print([json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()])
        took = halfway - began, time.monotonic() - halfway
    print(f"SQLite {took[0]:.0f} s, PostgreSQL {took[1]:.0f} s, together {sum(took) / 60:.1f} minutes")
    return max(codes)


def _run(env: dict, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-s", "--override-ini", "norecursedirs=.*", "tests/faults"]
    return subprocess.run([*command, *arguments], env=env, stdin=subprocess.DEVNULL).returncode


def _print(rows: list[dict]) -> None:
    """One line for each promise, with what each database showed."""
    seen: dict[tuple, dict] = {}
    for row in rows:
        seen.setdefault((row["text"], row["promised"]), {})[row["database"]] = row
    print("\n" + ROW.format("", "what is promised", "promised", *(f"seen, {name}" for name in DATABASES)))
    for (text, promised), by in seen.items():
        is_kept = all(row["kept"] for row in by.values())
        figures = (by[name]["seen"] if name in by else "-" for name in DATABASES)
        print(ROW.format("kept" if is_kept else "BROKEN", text, promised, *figures))
    print(f"{sum(row['kept'] for row in rows)} of {len(rows)} kept")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
