"""`python -m tests.faults.sender`: goes round as `manage.py deliver` does, under a lease whose end a test can see.

FAULT_BUG names a fault to sow: `forgetful` marks a message sent before sending it, `greedy` sends what another holds.
"""

import os
import time
from datetime import timedelta

import django


def main() -> None:
    """Until it is killed."""
    django.setup()
    from django.db import DatabaseError, close_old_connections
    from django.utils import timezone

    from recovery.channels import directory
    from recovery.services import outbox, sweep
    from tests.faults import bugs

    outbox.LEASE = timedelta(seconds=float(os.environ.get("FAULT_LEASE", "2")))
    bugs.sow(os.environ.get("FAULT_BUG", ""))
    while True:
        try:
            sweep.run(sweep.LINES, timezone.now, directory.send, timedelta(seconds=5))
        except DatabaseError:
            close_old_connections()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
