"""Senders without a broker, killed or cut off from the database: nothing is lost, and copies are counted."""

import sqlite3
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from deploy import processes
from recovery.models import OutboxMessage

from . import letters, story

MESSAGES, KILLS, CUTS = 300, 40, 12


def killed(senders, sink, count=MESSAGES, kills=KILLS, bug="") -> list:
    """What may be promised of so many messages while three senders are killed."""
    written = letters.write(count)
    senders.start(3, bug)
    senders.kill_while_sending(kills, sink, letters.left)
    last_kill = time.monotonic()
    processes.wait_until(lambda: not letters.left(), seconds=240, pause=0.1)  # what is merely late is not lost
    took = time.monotonic() - last_kill
    lost, doubled, most = letters.seen(sink, written)
    return [
        ("F2 N1 messages lost", 0, len(lost), not lost),
        ("F2 N1 copies too many, at most one a kill", f"<= {senders.kills}", doubled, doubled <= senders.kills),
        ("F2 copies of one message", "<= 3", most, most <= 3),
        ("F2 still waiting", 0, letters.left(), not letters.left()),
        ("F2 seconds from the last kill to the last message", "<= 38", f"{took:.0f}", took <= 38),
        ("F2 kills (for information)", "-", senders.kills, True),
    ]


def test_killed_senders_lose_nothing(senders, sink, report):
    report(*killed(senders, sink))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_sender_that_marks_before_it_sends_would_be_caught(senders, sink, report):
    """The red control of "none lost"."""
    report.broken_by("forgetful", *killed(senders, sink, count=300, bug="forgetful"))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_sender_that_takes_what_another_holds_would_be_caught(senders, sink, report):
    """The red control of "sent once": without the claim, three senders send everything."""
    report.broken_by("greedy", *killed(senders, sink, count=60, kills=2, bug="greedy"))


def test_a_database_that_goes_away_loses_nothing(senders, sink, report):
    written = letters.write(150)
    senders.start(3)
    cut = _cut_connections if connection.vendor == "postgresql" else _hold_the_database
    cuts = cut(sink)
    processes.wait_until(lambda: not letters.left(), seconds=120, pause=0.2)
    lost, doubled, _ = letters.seen(sink, written)
    alive, left = senders.alive(), letters.left()
    report(
        ("F7 still waiting after two minutes", 0, left, not left),
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
        processes.wait_until(lambda before=before: sink.size() > before or not letters.left(), seconds=20, pause=0.01)
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
        later = letters.write(20, priority=0)
        gone_at = time.monotonic()
        processes.wait_until(lambda: later <= set(sink.copies()) and not letters.left(), seconds=80, pause=0.2)
        took = time.monotonic() - gone_at
    finally:
        valkey.start()
    lost, doubled, _ = letters.seen(sink, later)
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
    written = letters.write(5, priority=0)
    waited = threading.Event().wait(15)
    lost, _, _ = letters.seen(sink, written)
    report(("F4 without a worker's own round, left behind", 5, len(lost), not waited and len(lost) == 5))
