"""`python -m tests.faults.writer SECONDS EMAIL…`: a process that writes as fast as it can; prints what it met."""

import json
import os
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import django


def main(seconds: float, emails: list[str]) -> dict:
    """Checks in for these patients, day by day, and sends what is due; counts writes and refusals."""
    django.setup()
    from django.db import OperationalError

    from tests.faults import bugs

    bugs.sow(os.environ.get("FAULT_BUG", ""))

    met = {"writes": 0, "locked": 0, "slowest": 0.0}
    until, turn = time.monotonic() + seconds, _turns(emails)
    while time.monotonic() < until:
        started = time.monotonic()
        try:
            turn()
            met["writes"] += 1
        except OperationalError as problem:
            met["locked"] += "locked" in str(problem)
        met["slowest"] = max(met["slowest"], time.monotonic() - started)
    return met


def _turns(emails: list[str]):
    from accounts.models import User
    from recovery.models import Episode
    from recovery.services import check_ins, outbox
    from tests import factories

    people, rnd = list(User.objects.filter(email__in=emails)), random.Random(emails[0])
    first_day = Episode.objects.get(patient=people[0]).started_on
    turns = iter(range(10**6))

    def turn():
        days, whose = divmod(next(turns), len(people))
        average = rnd.choice((1, 2, 3))
        entry = factories.entry(first_day + timedelta(days=1 + days), key=uuid4(), average=average, worst=4)
        check_ins.record(people[whose], entry, entry.made_at)
        outbox.deliver_due(lambda: datetime.now(UTC), lambda message, now: None, limit=5)

    return turn


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]), sys.argv[2:])))
