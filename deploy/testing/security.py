"""`make security`: the tests that attack, each with what was promised and what was seen; then the list of parts."""

import os
import subprocess
import sys

from . import parts

TESTS = (
    "tests/architecture/access/test_matrix.py",
    "tests/architecture/test_personal.py",
    "tests/recovery/api/test_access.py",
    "tests/recovery/api/test_scopes.py",
    "tests/accounts/services/test_audit.py",
    "tests/accounts/web/test_audit.py",
    "tests/accounts/web/test_second_step.py",
    "tests/accounts/web/test_session_length.py",
    "tests/accounts/web/test_idle.py",
    "tests/recovery/api/test_what_each_may_read.py",
    "tests/recovery/services/test_retention.py",
    "tests/accounts/test_sealing.py",
    "tests/accounts/test_sealed_answers.py",
    "tests/recovery/services/test_your_data.py",
    "tests/recovery/services/test_emergencies.py",
    "tests/recovery/web/emergency",
    "tests/recovery/management/test_backup.py",
    "tests/deploy/test_headers.py",
    "tests/deploy/test_settings.py",
)


def main(arguments: list[str]) -> int:
    """The exit code of the tests."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "deploy.testing.settings"}
    command = [sys.executable, "-m", "pytest", "-q", "-s", *TESTS, *arguments]
    code = subprocess.run(command, env=env, stdin=subprocess.DEVNULL).returncode
    print(parts.write())
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
