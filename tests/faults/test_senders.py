"""Senders without a broker: killed, cut off from the database, or facing a mail server that behaves badly."""

import sqlite3
import threading
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from deploy import processes
from recovery.models import Delivery, OutboxMessage
from recovery.services import outbox
from tests import factories

from . import hostile, story
from .senders import Senders

MESSAGES, KILLS, CUTS = 150, 8, 8


@pytest.fixture
def senders(environment, sink, tmp_path, rnd):
    made = Senders({**environment, "REDIS_URL": "", "EMAIL_URL": sink.url, "FAULT_LEASE": "3"}, tmp_path, rnd)
    yield made
    made.stop()


def write(count: int = MESSAGES, priority: int = 1) -> set[str]:
    """So many messages due now, none of them held by quiet hours; their ids."""
    now = timezone.now()
    people = [factories.make_user() for _ in range(count)]
    rows = [
        outbox.message(f"fault:{priority}:{n}", "invitation", now, recipient=person, priority=priority)
        for n, person in enumerate(people)
    ]
    outbox.write(rows)
    return {str(row.pk) for row in rows}


def left() -> int:
    return Delivery.objects.waiting().count()


def seen(sink, written: set) -> tuple[set, int, int]:
    """What was lost, how many copies too many there are, and how many of one message at most."""
    copies = sink.copies()
    return written - set(copies), sum(copies.values()) - len(copies), max(copies.values(), default=0)


def test_killed_senders_lose_nothing(senders, sink, report):
    written = write()
    for _ in range(3):
        senders.add()
    senders.kill_while_sending(KILLS, sink, left)
    processes.wait_until(lambda: not left(), seconds=60, pause=0.2)
    lost, doubled, most = seen(sink, written)
    report(
        ("F2 messages lost", 0, len(lost), not lost),
        ("F2 copies too many, at most one a kill", f"<= {senders.kills}", doubled, doubled <= senders.kills),
        ("F2 copies of one message", "<= 3", most, most <= 3),
        ("F2 still waiting", 0, left(), not left()),
    )


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_sender_that_takes_what_another_holds_would_be_caught(senders, sink, report):
    """The red control of "sent once": without the claim, three senders send everything."""
    written = write(60)
    senders.env["FAULT_BUG"] = "greedy"
    for _ in range(3):
        senders.add()
    processes.wait_until(lambda: seen(sink, written)[1] > 0, seconds=60, pause=0.2)
    _, doubled, _ = seen(sink, written)
    report(("N1 greedy senders double messages", ">= 1", doubled, doubled > 0))


def test_a_database_that_goes_away_loses_nothing(senders, sink, report):
    written = write()
    for _ in range(3):
        senders.add()
    cut = _cut_connections if connection.vendor == "postgresql" else _hold_the_database
    cuts = cut(sink)
    processes.wait_until(lambda: not left(), seconds=80, pause=0.2)
    lost, doubled, most = seen(sink, written)
    alive = sum(sender.poll() is None for sender in senders.running)
    report(
        ("F7 messages lost", 0, len(lost), not lost),
        ("F7 copies too many, at most one a sender and cut", f"<= {3 * cuts}", doubled, doubled <= 3 * cuts),
        ("F7 senders that live on", 3, alive, alive == 3),
        ("F7 times the database went away", "> 0", cuts, cuts > 0),
    )


def _cut_connections(sink) -> int:
    """PostgreSQL: everybody's connection but ours is ended, again and again while mail flows."""
    cuts = 0
    for _ in range(CUTS):
        before = sink.size()
        processes.wait_until(lambda before=before: sink.size() > before or not left(), seconds=20, pause=0.01)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            cuts += cursor.fetchone()[0] > 0
    return cuts


def _hold_the_database(sink) -> int:
    """SQLite: another process keeps everybody from writing for some seconds, in the middle of it."""
    processes.wait_until(lambda: sink.size() > 0, seconds=30, pause=0.01)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, timeout=20)
    other.execute("BEGIN EXCLUSIVE")
    time.sleep(8)  # less than the twenty seconds a writer waits
    other.execute("COMMIT")
    other.close()
    return 1


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
    written = write(60)
    began = time.monotonic()
    senders.add()
    processes.wait_until(lambda: written <= set(sink.copies()), seconds=60, pause=0.1)
    took = time.monotonic() - began
    urgent = write(1, priority=0)
    processes.wait_until(lambda: urgent <= set(sink.copies()), seconds=30, pause=0.1)
    state = {name: OutboxMessage.objects.get(pk=row.pk).state for name, row in bad.items()}
    tries = Counter(sink.asked)[hostile.HANGS]
    lost, doubled, _ = seen(sink, written | urgent)
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


def test_no_beat_and_no_broker_workers_go_round_by_themselves(machinery, sink, valkey, report):
    now = timezone.now()
    people = story.patients(40, now, days_ago=1)
    story.warning_signs(people[:10], now)
    story.reminders_due(people[10:], now)
    machinery.env["OWN_SWEEP_AFTER"] = "3"
    machinery.add_worker()
    machinery.add_worker()
    processes.wait_until(lambda: sink.size() > 0, seconds=60, pause=0.1)
    valkey.stop()
    try:
        later = write(20, priority=0)
        gone_at = time.monotonic()
        processes.wait_until(lambda: later <= set(sink.copies()) and not left(), seconds=80, pause=0.2)
        took = time.monotonic() - gone_at
    finally:
        valkey.start()
    lost, doubled, _ = seen(sink, later)
    safety = OutboxMessage.objects.filter(priority=0, state="sent").count()
    report(
        ("F3 F4 warnings sent without beat and broker", 40, safety, safety == 40),
        ("F3 lost", 0, len(lost), not lost),
        ("F3 sent twice", 0, doubled, doubled == 0),
        ("F3 seconds until all had left", "<= 60", f"{took:.0f}", took <= 60),
    )


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_worker_that_does_not_go_round_by_itself_would_be_caught(machinery, sink, valkey, report):
    """The red control: without its own round, nothing leaves while there is no beat."""
    machinery.env["OWN_SWEEP_AFTER"] = "600"
    machinery.add_worker()
    written = write(5, priority=0)
    waited = threading.Event().wait(20)
    lost, _, _ = seen(sink, written)
    report(("F4 nothing leaves without a worker's own round", 5, len(lost), not waited and len(lost) == 5))
