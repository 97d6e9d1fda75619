"""`make lint`: style, layout, import directions, types of the rules and services, templates."""

import subprocess
import sys
from pathlib import Path

PYTHON = [sys.executable, "-m"]
CHECKS = {
    "style": [*PYTHON, "ruff", "check", "."],
    "layout": [*PYTHON, "ruff", "format", "--check", "--quiet", "."],
    "import directions": [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
    "types": [*PYTHON, "mypy"],
    "templates": [*PYTHON, "djlint", "--lint", "--quiet", "templates"],
}


def main() -> int:
    """0 when every check is content; all of them run."""
    refused = [name for name, command in CHECKS.items() if not _passes(name, command)]
    print(f"not yet: {', '.join(refused)}" if refused else "all fine")
    return 1 if refused else 0


def _passes(name: str, command: list[str]) -> bool:
    print(f"--- {name}", flush=True)
    return subprocess.run(command, stdin=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
