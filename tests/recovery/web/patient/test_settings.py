"""The settings page: what may be wished, what a slip is told, and what the phone's place changes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import Reminder, ReminderSetting
from tests import factories

from .conftest import DAY_5, post_check_in, words

SETTINGS, REMINDER = reverse("patient:settings"), reverse("patient:reminder")
WISH = {
    "is_on": "on",
    "by_email": "on",
    "at": "19:00",
    "weekdays": ["0", "1", "2", "3", "4", "5", "6"],
    "quiet_from": "22:00",
    "quiet_until": "06:00",
    "daily_cap": "2",
    "paused_until": "",
}


def coming() -> Reminder:
    return Reminder.objects.filter(state="due").order_by("due_at").first()


def test_everything_wished_is_kept(page, episode, patient):
    later = DAY_5 + timedelta(days=10)
    chosen = {**WISH, "quiet_from": "21:30", "quiet_until": "07:00", "daily_cap": "3", "paused_until": str(later)}
    assert page.post(REMINDER, {**chosen, "is_repeated": "on"}).status_code == 303
    kept = ReminderSetting.objects.get(patient=patient)
    assert (kept.quiet_from.hour, kept.daily_cap, kept.is_repeated, kept.paused_until) == (21, 3, True, later)
    assert coming().local_date == later


def test_the_page_says_when_the_next_reminder_comes(page, episode):
    page.post(REMINDER, {**WISH, "at": "20:15"})
    assert "Friday 6 March, 20:15" in words(page.get(SETTINGS))


def test_quiet_hours_may_be_left_empty(page, episode, patient):
    assert page.post(REMINDER, {**WISH, "at": "23:30", "quiet_from": "", "quiet_until": ""}).status_code == 303
    assert ReminderSetting.objects.get(patient=patient).quiet_from is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"at": "23:00"}, "quiet hours, 22:00 to 06:00"),
        ({"quiet_until": ""}, "both a beginning and an end"),
        ({"quiet_from": "late"}, "such as 19:00"),
        ({"is_repeated": "on", "daily_cap": "1"}, "needs two messages a day"),
        ({"is_repeated": "on", "at": "21:00"}, "Two hours after your reminder"),
        ({"daily_cap": "99"}, "99"),
        ({"paused_until": "2026-02-31"}, "such as 2026-03-31"),
        ({"paused_until": "2026-03-01"}, "a day to come"),
        ({"paused_until": "2030-01-01"}, "at most 90 days"),
    ],
)
def test_a_slip_gets_a_sentence_at_its_question_and_nothing_is_kept(page, episode, changes, sentence):
    answer = page.post(REMINDER, {**WISH, **changes})
    assert answer.status_code == 400 and sentence in words(answer)
    assert not ReminderSetting.objects.exists()


def test_a_pause_that_is_over_is_not_shown(page, episode, patient):
    ReminderSetting.objects.create(patient=patient, paused_until=DAY_5)
    assert f'value="{DAY_5}"' not in words(page.get(SETTINGS))


@pytest.fixture
def abroad(page, episode):
    post_check_in(page, time_zone="America/New_York")
    return page


def test_a_check_in_from_elsewhere_offers_to_go_by_its_clocks(abroad):
    for place in ("today", "settings"):
        assert "shows the time of New York" in words(abroad.get(reverse(f"patient:{place}")))


def test_accepting_moves_the_person_and_the_next_reminder(abroad, patient):
    abroad.post(reverse("patient:time_zone"), {"time_zone": "America/New_York", "answer": "move"})
    patient.refresh_from_db()
    assert patient.time_zone == "America/New_York" and coming().due_at.hour == 0  # 19:00 there
    assert "shows the time of" not in words(abroad.get(SETTINGS))


def test_declining_keeps_the_clocks_and_is_remembered(abroad, patient):
    abroad.post(reverse("patient:time_zone"), {"time_zone": "America/New_York", "answer": "stay"})
    patient.refresh_from_db()
    assert patient.time_zone == "UTC"
    assert "shows the time of" not in words(abroad.get(reverse("patient:today")))


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "\x00"])
def test_a_zone_that_is_none_changes_nothing(abroad, patient, zone):
    assert abroad.post(reverse("patient:time_zone"), {"time_zone": zone, "answer": "move"}).status_code == 303
    patient.refresh_from_db()
    assert patient.time_zone == "UTC"


def test_an_unchanged_place_is_offered_nothing(page, episode):
    factories.check_in(episode.patient, DAY_5)
    assert "shows the time of" not in words(page.get(SETTINGS))
