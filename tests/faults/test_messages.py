"""Everybody hears what they must, once, whatever dies meanwhile."""

from collections import Counter

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import OutboxMessage, Reminder

from . import story
from .machinery import lose_everything

CALM, WARNED = 30, 20
ASKED = 600 - CALM - WARNED
KILLS = 15


def tell_everybody() -> None:
    """600 reminders due, 30 of them needless, 20 for a stopped plan; 40 messages about warning signs."""
    now = timezone.now()
    asked, calm, warned = (story.patients(count, now, days_ago=1) for count in (ASKED, CALM, WARNED))
    story.calm_days(calm, now)
    story.warning_signs(warned, now)
    story.reminders_due([*asked, *calm, *warned], now)


def lost(sink) -> set:
    """Messages we say we sent and nobody got."""
    return {str(pk) for pk in OutboxMessage.objects.filter(state="sent").values_list("pk", flat=True)} - set(
        sink.copies()
    )


def endings(rows) -> Counter:
    return Counter(" ".join(filter(None, pair)) for pair in rows.values_list("state", "reason"))


def test_every_message_ends_once_though_workers_and_broker_die(machinery, sink, valkey, report):
    tell_everybody()
    machinery.add_worker()
    machinery.add_worker()
    machinery.add_beat()
    machinery.kill_while_sending(KILLS // 2, sink, story.waiting)
    lose_everything(valkey)
    machinery.kill_while_sending(KILLS - KILLS // 2, sink, story.waiting)
    processes.wait_until(lambda: not story.waiting(), seconds=90, pause=0.3)

    reminders = endings(Reminder.objects.filter(due_at__lte=timezone.now()))
    messages, copies = endings(OutboxMessage.objects.all()), sink.copies()
    doubled = sum(copies.values()) - len(copies)
    safety = OutboxMessage.objects.filter(priority=OutboxMessage.Priority.SAFETY)
    ended = {"sent": ASKED, "withheld already_checked_in": CALM, "withheld plan_stopped": WARNED}
    report(
        ("N1 reminders, each in one end state", sum(ended.values()), dict(reminders), reminders == ended),
        (
            "N1 F3 F5 messages, each in one end state",
            ASKED + 2 * WARNED,
            dict(messages),
            messages == {"sent": ASKED + 2 * WARNED},
        ),
        (
            "N2 messages about warning signs delivered",
            2 * WARNED,
            arrived(safety, copies),
            arrived(safety, copies) == 2 * WARNED,
        ),
        ("F3 F5 N1 messages lost", 0, len(lost(sink)), not lost(sink)),
        ("F5 N1 copies too many, at most one a kill", f"<= {machinery.kills}", doubled, doubled <= machinery.kills),
        ("F5 copies of one message", "<= 3", max(copies.values()), max(copies.values()) <= 3),
    )


def arrived(rows, copies) -> int:
    return sum(str(pk) in copies for pk in rows.values_list("pk", flat=True))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_sender_that_marks_before_it_sends_would_be_caught(machinery, sink, report):
    """The red control: this test's other half can fail."""
    tell_everybody()
    machinery.env["FAULT_FORGETFUL"] = "1"
    machinery.add_worker()
    machinery.add_worker()
    machinery.add_beat()
    for _ in range(20):
        machinery.kill_while_sending(1, sink, story.waiting)
        if (gone := lost_for_good(sink)) or not story.waiting():
            break
    seen = f"{len(gone)} in {machinery.kills} kills"
    report.broken_by("forgetful", ("F5 N1 messages lost", 0, seen, not gone))


def lost_for_good(sink) -> set:
    """Lost, and not on the way from a sender that lives: its next two seconds would bring them."""
    gone = lost(sink)
    processes.wait_until(lambda: not gone & lost(sink), seconds=2)
    return gone & lost(sink)


def test_two_beats_double_nothing(machinery, sink, report):
    now = timezone.now()
    people = story.patients(60, now, days_ago=1)
    story.warning_signs(people[:10], now)
    story.reminders_due(people, now)
    machinery.add_worker()
    machinery.add_worker()
    machinery.add_beat()
    machinery.add_beat()
    processes.wait_until(lambda: not story.waiting(), seconds=60, pause=0.2)
    seen = sink.size()
    processes.wait_until(lambda: sink.size() > seen, seconds=4)
    copies = sink.copies()
    next_ones = Counter(Reminder.objects.filter(state="due").values_list("episode", flat=True))
    report(
        ("N4 F4 messages sent under two beats", 70, len(copies), len(copies) == 70),
        ("N4 F4 sent twice", 0, sum(copies.values()) - len(copies), set(copies.values()) == {1}),
        (
            "N4 next reminders, one for each patient",
            60,
            len(next_ones),
            set(next_ones.values()) == {1} and len(next_ones) == 60,
        ),
    )
