"""One round of what is due: urgent first, each part by itself, a neglected line taken over."""

from datetime import timedelta

import pytest

from recovery.models import OutboxMessage
from recovery.services import heartbeat, outbox, silence, sweep
from tests.factories import DAY_1, at, make_user, open_episode

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)
Priority = OutboxMessage.Priority


def wait_to_leave(key, priority=Priority.ROUTINE):
    outbox.write([outbox.message(key, "reminder", NOW, recipient=make_user(), priority=priority)])


def round_of(*lines, now=NOW, longest=sweep.LONGEST):
    sent = []
    swept = sweep.run(lines, lambda: now, lambda delivery, _: sent.append(delivery.message.key), longest)
    return swept, sent


@pytest.fixture
def both_lines_are_looked_after(db):
    for line in sweep.LINES:
        heartbeat.note(line, NOW)


def test_the_urgent_line_leaves_routine_messages_alone(both_lines_are_looked_after):
    wait_to_leave("routine")
    wait_to_leave("safety", Priority.SAFETY)
    wait_to_leave("account", Priority.ACCOUNT)
    assert round_of(sweep.URGENT)[1] == ["safety", "account"]


def test_the_routine_line_lets_what_is_more_urgent_go_first(both_lines_are_looked_after):
    wait_to_leave("routine")
    wait_to_leave("safety", Priority.SAFETY)
    assert round_of(sweep.ROUTINE)[1] == ["safety", "routine"]


@pytest.mark.parametrize(("line", "key"), [(sweep.URGENT, "routine"), (sweep.ROUTINE, "safety")])
def test_a_line_nobody_has_gone_round_for_a_minute_is_taken_over(line, key):
    heartbeat.note(line, NOW)
    for other in set(sweep.LINES) - {line}:
        heartbeat.note(other, NOW - timedelta(seconds=61))
    wait_to_leave(key, Priority.SAFETY if key == "safety" else Priority.ROUTINE)
    assert round_of(line)[1] == [key]


def test_a_part_that_fails_is_named_and_holds_up_no_other(monkeypatch):
    monkeypatch.setattr(silence, "watch", lambda now: 1 / 0)
    wait_to_leave("safety", Priority.SAFETY)
    swept, sent = round_of(sweep.URGENT)
    assert (swept.failed, sent) == (["silence"], ["safety"])


def test_a_due_reminder_leaves_in_the_round_that_writes_it():
    open_episode(now=at(DAY_1, 6))
    swept, sent = round_of(*sweep.LINES, now=at(DAY_1, 19, 1))
    assert (swept.done["reminders ended"], swept.done["deliveries ended"], len(sent)) == (1, 1, 1)


def test_a_round_begins_nothing_when_its_time_is_over():
    wait_to_leave("safety", Priority.SAFETY)
    assert round_of(*sweep.LINES, longest=timedelta(0))[1] == []


def test_every_round_shows_itself():
    round_of(*sweep.LINES)
    assert [heartbeat.last(line) for line in sweep.LINES] == [NOW, NOW]
