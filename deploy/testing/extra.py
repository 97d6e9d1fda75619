"""The suites that take longer or need more than the tests do, and the screenshots."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NO_CHROMIUM = (
    "There is no Chromium here: install it (on Debian and Ubuntu: apt-get install chromium), "
    "or name yours with CHROMIUM=/path/to/chromium."
)


def chromium() -> str | None:
    """The browser's path: what CHROMIUM names, else the first one installed."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given if os.access(given, os.X_OK) else None
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def main(suite: str, arguments: list[str]) -> int:
    """The suite's exit code; 1 after a sentence when something is lacking. A file of the suite runs alone."""
    folder = Path("tests") / suite
    wanted = [str(folder / name) if (folder / name).is_file() else name for name in arguments]
    if wanted == arguments:
        wanted = [str(folder), *arguments]
    if not any(folder.glob("**/test_*.py")):
        print(f"There is nothing in {folder} yet.", file=sys.stderr)
        return 1
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "deploy.testing.settings"}  # ours names the real ones
    if suite == "browser":
        if not (browser := chromium()):
            print(NO_CHROMIUM, file=sys.stderr)
            return 1
        env["CHROMIUM"] = browser
        # A browser library runs its own event loop in the test's thread, which Django's guard takes for async code.
        env["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        "--override-ini",
        "norecursedirs=.*",
        *wanted,
    ]
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
