"""`celery -A tests.faults.quick`: the product's workers and beat with short waits, so that minutes show hours.

FAULT_FORGETFUL=1 turns them into the sender that must fail the test: it marks a message sent before sending it.
"""

import os
from datetime import timedelta

from celery.signals import worker_init

from deploy.celery import app  # noqa: F401 - Celery looks for it here

TICK = float(os.environ.get("FAULT_TICK", "1"))
LEASE = timedelta(seconds=float(os.environ.get("FAULT_LEASE", "8")))

app.conf.beat_schedule = {
    name: {**entry, "schedule": min(TICK, entry["schedule"]), "options": {"expires": 5}}
    for name, entry in app.conf.beat_schedule.items()
}


@worker_init.connect
def _shorten_the_lease(**_):
    from recovery.services import outbox
    from tests.faults import bugs

    outbox.LEASE = LEASE
    if os.environ.get("FAULT_FORGETFUL"):
        bugs.sow("forgetful")
