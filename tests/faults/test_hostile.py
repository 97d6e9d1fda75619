"""A mail server that hangs for one, puts off another and refuses a third holds up nobody else."""

import time
from collections import Counter

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import OutboxMessage
from recovery.services import outbox
from tests import factories

from . import hostile, letters


@pytest.fixture
def hostile_sink(seed):
    with hostile.HostileSink(seed) as server:
        yield server


def test_one_bad_row_and_one_bad_address_hold_up_nobody(senders, hostile_sink, report):
    sink, senders.env["EMAIL_URL"] = hostile_sink, hostile_sink.url
    now = timezone.now()
    addresses = {"hang": hostile.HANGS, "busy": hostile.BUSY, "unknown": hostile.UNKNOWN}
    bad = {
        name: outbox.message(f"bad:{name}", "invitation", now, recipient=factories.make_user(email=email), priority=0)
        for name, email in addresses.items()
    }
    bad["poison"] = outbox.message("bad:poison", "no_such_letter", now, recipient=factories.make_user(), priority=0)
    outbox.write(bad.values())
    written = letters.write(60)
    began = time.monotonic()
    senders.start(1)
    processes.wait_until(lambda: written <= set(sink.copies()), seconds=60, pause=0.1)
    took = time.monotonic() - began
    urgent = letters.write(1, priority=0)
    processes.wait_until(lambda: urgent <= set(sink.copies()), seconds=30, pause=0.1)
    state = {name: OutboxMessage.objects.get(pk=row.pk).state for name, row in bad.items()}
    tries = Counter(sink.asked)[hostile.HANGS]
    lost, doubled, _ = letters.seen(sink, written | urgent)
    report(
        ("F13 everybody else's mail lost", 0, len(lost), not lost),
        ("F13 copies too many", 0, doubled, doubled == 0),
        ("F13 seconds until everybody else has theirs", "<= 45", f"{took:.0f}", took <= 45),
        ("F13 refused for good is failed", "failed", state["unknown"], state["unknown"] == "failed"),
        (
            "F13 hanging, busy and poison rows wait for another try",
            "due",
            f"{state['hang']} {state['busy']} {state['poison']}",
            {state["hang"], state["busy"], state["poison"]} <= {"due", "claimed"},
        ),
        ("F13 tries at the hanging address (no storm)", "<= 3", tries, 1 <= tries <= 3),
    )
