"""A wish that contradicts itself is refused in a sentence; one that does not moves the next reminder."""

from datetime import time, timedelta

import pytest

from recovery.models import OutboxMessage, Reminder, ReminderSetting
from recovery.services import outbox, reminders
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, make_user, open_episode

pytestmark = pytest.mark.django_db
EVERY_DAY = list(range(7))
TOMORROW = DAY_1 + timedelta(days=1)


def wish(patient, hour=time(19), now=None, **others):
    return reminders.change(patient, True, hour, EVERY_DAY, now or at(DAY_1, 7), **others)


def due(episode, slot="daily") -> Reminder:
    return Reminder.objects.get(episode=episode, slot=slot, state="due")


@pytest.mark.parametrize(
    ("field", "words", "changes"),
    [
        ("at", "quiet hours, 22:00 to 06:00", {"hour": time(22)}),
        ("at", "quiet hours, 18:00 to 20:00", {"quiet_from": time(18), "quiet_until": time(20)}),
        ("quiet_until", "both a beginning and an end", {"quiet_until": None}),
        ("quiet_from", "both a beginning and an end", {"quiet_from": None}),
        ("quiet_until", "another time", {"quiet_from": time(6)}),
        ("daily_cap", "two messages", {"is_repeated": True, "daily_cap": 1}),
        ("is_repeated", "earlier time", {"is_repeated": True, "hour": time(20, 30)}),
        ("paused_until", "a day to come", {"paused_until": DAY_1}),
        ("paused_until", "at most 90 days", {"paused_until": DAY_1 + timedelta(days=91)}),
    ],
)
def test_a_wish_against_itself_gets_a_sentence_and_is_not_kept(field, words, changes):
    episode = open_episode()
    with pytest.raises(Refused, match=words) as refused:
        wish(episode.patient, **changes)
    assert refused.value.field == field
    assert not ReminderSetting.objects.exists() and due(episode).due_at == at(DAY_1, 19)


def test_what_is_not_named_stays_as_it_was():
    patient = open_episode().patient
    wish(patient, quiet_from=time(20), quiet_until=time(8), daily_cap=3)
    kept = wish(patient, time(9))
    assert (kept.quiet_from, kept.quiet_until, kept.daily_cap) == (time(20), time(8), 3)


def test_a_name_no_wish_has_is_a_slip_in_the_program():
    with pytest.raises(TypeError, match="colour"):
        wish(open_episode().patient, colour="red")


def test_a_pause_moves_the_next_reminder_to_its_last_day():
    episode = open_episode()
    wish(episode.patient, paused_until=DAY_1 + timedelta(days=30))
    assert due(episode).due_at == at(DAY_1 + timedelta(days=30), 19)
    reminders.schedule_missing(at(DAY_1, 8))
    assert due(episode).due_at == at(DAY_1 + timedelta(days=30), 19)


def test_a_pause_that_is_over_does_not_stand_in_the_way_of_a_new_wish():
    patient = open_episode().patient
    wish(patient, paused_until=TOMORROW)
    assert wish(patient, time(9), now=at(TOMORROW, 7)).paused_until is None


def test_a_reminder_on_its_way_is_withheld_by_a_pause():
    episode = open_episode()
    reminders.remind_due(at(DAY_1, 19))
    wish(episode.patient, paused_until=TOMORROW, now=at(DAY_1, 19, 1))
    outbox.deliver_due(lambda: at(DAY_1, 19, 2), lambda row, now: None)
    message = OutboxMessage.objects.get(kind="reminder")
    assert (message.state, message.reason) == ("withheld", "paused")


def test_a_second_reminder_follows_the_first_that_went_out():
    episode = open_episode()
    wish(episode.patient, is_repeated=True)
    assert not Reminder.objects.filter(slot="second").exists()
    reminders.remind_due(at(DAY_1, 19))
    assert (due(episode, "second").due_at, due(episode).due_at) == (at(DAY_1, 21), at(TOMORROW, 19))
    reminders.remind_due(at(DAY_1, 21))
    assert OutboxMessage.objects.filter(kind="reminder").count() == 2
    reminders.schedule(episode, at(DAY_1, 21, 1))
    assert not Reminder.objects.filter(slot="second", state="due").exists()


def test_a_second_reminder_does_not_come_once_the_day_is_done():
    episode = open_episode()
    wish(episode.patient, is_repeated=True)
    reminders.remind_due(at(DAY_1, 19))
    check_in(episode.patient, DAY_1, made_at=at(DAY_1, 20))
    reminders.remind_due(at(DAY_1, 21))
    assert Reminder.objects.get(slot="second").reason == "already_checked_in"


def test_switching_the_second_reminder_off_takes_today_s_back():
    episode = open_episode()
    wish(episode.patient, is_repeated=True)
    reminders.remind_due(at(DAY_1, 19))
    wish(episode.patient, is_repeated=False, now=at(DAY_1, 20))
    assert not Reminder.objects.filter(slot="second").exists()


def test_nobody_else_s_reminder_moves():
    mine, other = open_episode(), open_episode(make_user())
    wish(mine.patient, time(8))
    assert due(other).due_at == at(DAY_1, 19)
