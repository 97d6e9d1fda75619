"""`make test`: the whole suite on SQLite, then whatever touches the database again on PostgreSQL."""

import os
import subprocess
import sys
import time
from contextlib import nullcontext

from deploy.testing import postgres

WORKERS = str(min(2, os.cpu_count() or 1))


def main() -> int:
    """The exit code: 0 only if both runs were green."""
    arguments = sys.argv[1:]
    codes = [_run("SQLite", arguments, {"TEST_DATABASE_URL": ""})]
    given = os.environ.get("TEST_DATABASE_URL")
    try:
        with nullcontext(given) if given else postgres.embedded() as url:
            codes.append(_run("PostgreSQL", arguments, {"TEST_DATABASE_URL": url, "TEST_ONLY_DATABASE": "1"}))
    except RuntimeError as problem:
        print(f"{problem} Set TEST_DATABASE_URL to a PostgreSQL of yours instead.", file=sys.stderr)
        codes.append(1)
    return max(codes)


def _run(name: str, arguments: list[str], env: dict) -> int:
    print(f"--- {name}", flush=True)
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadscope", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "deploy.testing.settings", **env},
        stdin=subprocess.DEVNULL,
    )
    verdict = "green" if run.returncode == 0 else "RED"
    print(f"--- {name}: {verdict} after {time.monotonic() - started:.0f} s", flush=True)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
