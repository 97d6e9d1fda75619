"""`python -m tests.faults.sender`: a nursery of senders; each line it reads makes one and answers its process id.

A sender goes round as `manage.py deliver` does, under a lease whose end a test can see. It is a fork, so that one that
is killed is replaced in milliseconds, and has opened nothing before it was born. FAULT_BUG names a fault to sow
(`bugs.py`), FAULT_CLOCK a file with the seconds by which its clock is wrong.
"""

import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

from deploy import processes

ROUND, PAUSE = timedelta(seconds=5), 0.05


def main() -> None:
    """Until its input ends."""
    django.setup()
    from recovery.channels import directory
    from recovery.services import outbox
    from tests.faults import bugs

    directory.send  # noqa: B018 - whatever is imported here, no sender has to
    outbox.LEASE = timedelta(seconds=float(os.environ.get("FAULT_LEASE", "2")))
    bugs.sow(os.environ.get("FAULT_BUG", ""))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
    for _ in sys.stdin:
        born = os.fork()
        if born == 0:
            _send()
        print(born, flush=True)


def _send() -> None:
    """Until it is killed."""
    processes.die_with_parent(signal.SIGKILL)()
    from django.db import DatabaseError, close_old_connections

    from recovery.channels import directory
    from recovery.services import sweep

    while True:
        try:
            sweep.run(sweep.LINES, now, directory.send, ROUND)
        except DatabaseError:
            close_old_connections()
        time.sleep(PAUSE)


def now():
    """What this sender's clock says."""
    from django.utils import timezone

    wrong = os.environ.get("FAULT_CLOCK")
    return timezone.now() + timedelta(seconds=float(Path(wrong).read_text() or 0) if wrong else 0)


if __name__ == "__main__":
    main()
