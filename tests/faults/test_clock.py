"""Clocks that are set forward and back while senders send: nothing is lost, doubled or sent by two at once."""

import time

import pytest

from deploy import processes

from . import letters

MESSAGES, JUMPS = 150, 20
HOUR, DAY = 3600.0, 86400.0
SETTINGS = (HOUR, -30.0, 3 * DAY, 0.0, -2 * HOUR, 40.0, 2 * HOUR, -DAY)  # seconds by which the clock is wrong


@pytest.fixture
def moved(senders, tmp_path):
    """Senders whose clock the test sets."""
    senders.env |= {"FAULT_CLOCK": str(tmp_path / "clock"), "FAULT_LEASE": "30"}
    senders.set_clock(0)
    return senders


def set_now_and_then(senders, sink, rnd, bug="", count=MESSAGES) -> list:
    """What may be promised while every sender's clock jumps, and a message takes its time."""
    sink.slowest = 0.2
    written = letters.write(count)
    senders.start(3, bug)
    jumps = 0
    for n in range(JUMPS * 3):
        processes.wait_until(lambda: sink.size() > 0, seconds=30, pause=0.01)
        if jumps == JUMPS or not letters.left():
            break
        senders.set_clock(SETTINGS[n % len(SETTINGS)])
        jumps += 1
        time.sleep(rnd.uniform(0.2, 0.8))
    senders.set_clock(0)
    processes.wait_until(lambda: not letters.left(), seconds=90, pause=0.2)
    lost, doubled, _ = letters.seen(sink, written)
    return [
        ("F11 N4 messages lost while clocks jump", 0, len(lost), not lost),
        ("F11 N4 copies too many while clocks jump", 0, doubled, not doubled),
        ("F11 times the clock was set", f"<= {JUMPS}", jumps, jumps >= 5),
    ]


def test_a_clock_that_jumps_neither_loses_nor_doubles(moved, sink, rnd, report):
    report(*set_now_and_then(moved, sink, rnd))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_lease_by_the_wall_clock_would_be_caught(moved, sink, rnd, report):
    report.broken_by("trusting", *set_now_and_then(moved, sink, rnd, "trusting", count=60))
