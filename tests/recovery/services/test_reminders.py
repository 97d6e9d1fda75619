"""Reminders come once a day at the patient's own hour, and not when the day is done."""

from datetime import UTC, datetime, time, timedelta

import pytest

from recovery.models import OutboxMessage, Reminder
from recovery.services import episodes, outbox, reminders
from tests.factories import DAY_1, at, check_in, make_user, open_episode

pytestmark = pytest.mark.django_db


def due(episode) -> Reminder:
    return Reminder.objects.get(episode=episode, state="due")


def test_a_new_plan_has_its_first_reminder_that_evening():
    assert due(open_episode()).due_at == at(DAY_1, 19)


def test_the_reminder_follows_the_patients_own_clock():
    patient = make_user(time_zone="America/New_York")
    assert due(open_episode(patient)).due_at == datetime(2026, 3, 3, 0, 0, tzinfo=UTC)


def test_a_due_reminder_becomes_one_message_and_the_next_one_is_scheduled():
    episode = open_episode()
    assert reminders.remind_due(at(DAY_1, 19)) == 1
    assert reminders.remind_due(at(DAY_1, 19)) == 0
    assert OutboxMessage.objects.filter(kind="reminder").count() == 1
    assert due(episode).due_at == at(DAY_1 + timedelta(days=1), 19)


def test_a_day_that_is_done_gets_no_reminder():
    episode = open_episode()
    check_in(episode.patient, DAY_1, made_at=at(DAY_1, 8))
    reminders.remind_due(at(DAY_1, 20))
    ended = Reminder.objects.get(episode=episode, local_date=DAY_1)
    assert (ended.state, ended.reason) == ("withheld", "already_checked_in")
    assert not OutboxMessage.objects.exists()


def test_a_reminder_nobody_could_send_in_time_lapses():
    episode = open_episode()
    reminders.remind_due(at(DAY_1 + timedelta(days=1), 6))
    assert Reminder.objects.get(episode=episode, local_date=DAY_1).state == "lapsed"


def test_a_new_wish_moves_the_next_reminder():
    episode = open_episode()
    reminders.change(episode.patient, True, time(21, 30), [0, 1, 2, 3, 4, 5, 6], at(DAY_1, 7))
    assert due(episode).due_at == at(DAY_1, 21, 30)


def test_reminders_switched_off_leave_none_due():
    episode = open_episode()
    reminders.change(episode.patient, False, time(19), [0], at(DAY_1, 7))
    reminders.schedule_missing(at(DAY_1, 8))
    assert not Reminder.objects.filter(episode=episode, state="due").exists()


def test_an_open_plan_without_a_due_reminder_gets_one():
    episode = open_episode()
    Reminder.objects.all().delete()
    reminders.schedule_missing(at(DAY_1, 8))
    assert due(episode).local_date == DAY_1


def test_a_closed_plan_is_left_in_peace():
    episode = open_episode()
    episodes.close(episode.pk, "recovered", at(DAY_1, 8))
    assert Reminder.objects.get(episode=episode).reason == "episode_closed"
    assert reminders.schedule_missing(at(DAY_1, 9)) == 0


def test_two_sweeps_at_once_make_one_reminder():
    episode = open_episode()
    reminders.schedule(episode, at(DAY_1, 8))
    reminders.schedule(episode, at(DAY_1, 8))
    assert Reminder.objects.filter(episode=episode).count() == 1


def test_a_reminder_that_cannot_be_made_holds_up_nobody_else(monkeypatch):
    broken, other = open_episode(), open_episode()
    usual = reminders._outcome

    def outcome(reminder, now):
        if reminder.episode_id == broken.pk:
            raise ValueError
        return usual(reminder, now)

    monkeypatch.setattr(reminders, "_outcome", outcome)
    assert reminders.remind_due(at(DAY_1, 19)) == 1
    assert OutboxMessage.objects.get().recipient == other.patient


def test_a_reminder_on_its_way_is_withheld_when_a_warning_sign_stops_the_plan():
    episode = open_episode()
    reminders.remind_due(at(DAY_1, 19))
    check_in(episode.patient, DAY_1, made_at=at(DAY_1, 19, 1), red_flags=("RF01",))
    outbox.deliver_due(lambda: at(DAY_1, 19, 2), lambda row, now: None)
    assert OutboxMessage.objects.get(kind="reminder").reason == "plan_stopped"
