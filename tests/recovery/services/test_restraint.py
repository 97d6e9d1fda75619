"""Quiet hours and the cap of a day hold back routine messages to a patient, and nothing else."""

from datetime import timedelta

import pytest

from recovery.models import Delivery, OutboxMessage, Reminder, ReminderSetting
from recovery.services import outbox, reminders
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, open_episode, share

pytestmark = pytest.mark.django_db
NEXT = DAY_1 + timedelta(days=1)
P = OutboxMessage.Priority


def write(person, key, now, priority=P.ROUTINE, **fields) -> OutboxMessage:
    outbox.write([outbox.message(key, "silence_nudge", now, recipient=person, priority=priority, **fields)])
    return OutboxMessage.objects.get(key=key)


def deliver(now):
    outbox.deliver_due(lambda: now, lambda row, at: None)


@pytest.fixture
def episode():
    return open_episode()


@pytest.mark.parametrize(
    ("priority", "hour", "left"),
    [
        (P.ROUTINE, 21, True),
        (P.ROUTINE, 22, False),
        (P.ROUTINE, 23, False),
        (P.ACCOUNT, 23, True),
        (P.SAFETY, 23, True),
    ],
)
def test_quiet_hours_hold_routine_messages_alone(episode, priority, hour, left):
    message = write(episode.patient, "m", at(DAY_1, hour), priority, episode=episode)
    deliver(at(DAY_1, hour))
    message.refresh_from_db()
    assert (message.state == "sent") is left


def test_a_held_message_leaves_when_the_quiet_hours_end(episode):
    message = write(episode.patient, "m", at(DAY_1, 23), episode=episode)
    deliver(at(DAY_1, 23))
    assert Delivery.objects.get(message=message).due_at == at(NEXT, 6)
    deliver(at(NEXT, 6))
    message.refresh_from_db()
    assert message.state == "sent"


def test_a_message_that_quiet_hours_outlast_is_withheld_and_says_so(episode):
    message = write(episode.patient, "m", at(DAY_1, 23), episode=episode, not_after=at(NEXT, 3))
    deliver(at(DAY_1, 23))
    message.refresh_from_db()
    assert (message.state, message.reason) == ("withheld", "quiet_hours")


def test_a_clinician_s_message_is_not_held_by_a_patient_s_rules(episode):
    clinic = make_clinic()
    share(episode.patient, clinic)
    message = write(make_clinician(clinic), "m", at(DAY_1, 23), episode=episode)
    deliver(at(DAY_1, 23))
    message.refresh_from_db()
    assert message.state == "sent"


def test_the_third_routine_message_of_a_day_is_withheld(episode):
    rows = [write(episode.patient, f"m{n}", at(DAY_1, 8 + n), episode=episode) for n in range(3)]
    safety = write(episode.patient, "s", at(DAY_1, 12), P.SAFETY, episode=episode)
    deliver(at(DAY_1, 13))
    reasons = [OutboxMessage.objects.get(pk=row.pk).reason for row in rows]
    assert reasons == ["", "", "budget"]
    assert OutboxMessage.objects.get(pk=safety.pk).state == "sent"


def test_two_written_in_the_same_instant_do_not_both_pass_the_cap(episode):
    ReminderSetting.objects.create(patient=episode.patient, daily_cap=1)
    rows = [write(episode.patient, f"m{n}", at(DAY_1, 8), episode=episode) for n in range(2)]
    deliver(at(DAY_1, 8))
    assert sorted(OutboxMessage.objects.get(pk=row.pk).reason for row in rows) == ["", "budget"]


def test_what_came_to_nothing_does_not_count(episode):
    ReminderSetting.objects.create(patient=episode.patient, daily_cap=1)
    first = write(episode.patient, "m0", at(DAY_1, 8), episode=episode)
    Delivery.objects.filter(message=first).update(state="failed", ended_at=at(DAY_1, 8))
    OutboxMessage.objects.filter(pk=first.pk).update(state="failed", ended_at=at(DAY_1, 8))
    second = write(episode.patient, "m1", at(DAY_1, 9), episode=episode)
    deliver(at(DAY_1, 9))
    second.refresh_from_db()
    assert second.state == "sent"


def test_the_next_day_has_a_cap_of_its_own(episode):
    ReminderSetting.objects.create(patient=episode.patient, daily_cap=1)
    write(episode.patient, "m0", at(DAY_1, 8), episode=episode)
    deliver(at(DAY_1, 8))
    second = write(episode.patient, "m1", at(NEXT, 8), episode=episode)
    deliver(at(NEXT, 8))
    second.refresh_from_db()
    assert second.state == "sent"


def test_a_reminder_beyond_the_cap_ends_with_its_reason(episode):
    ReminderSetting.objects.create(patient=episode.patient, daily_cap=1)
    write(episode.patient, "m0", at(DAY_1, 12), episode=episode)
    reminders.remind_due(at(DAY_1, 19))
    ended = Reminder.objects.get(local_date=DAY_1)
    assert (ended.state, ended.reason) == ("withheld", "budget")


def test_a_warning_sign_at_night_is_told_at_once(episode):
    check_in(episode.patient, DAY_1, made_at=at(DAY_1, 23), red_flags=("RF05",))
    deliver(at(DAY_1, 23, 1))
    assert set(OutboxMessage.objects.filter(priority=P.SAFETY).values_list("state", flat=True)) == {"sent"}
