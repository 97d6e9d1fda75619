"""When to be asked, what became of it, and the ledger of messages."""

from datetime import time

import pytest

from recovery.models import ReminderSetting
from recovery.services import reminders
from tests.factories import DAY_1, at, check_in

from .asking import problem

WISH = {"is_on": True, "at": "07:30", "weekdays": [0, 2, 4]}
USUAL = {
    "quiet_from": "22:00",
    "quiet_until": "06:00",
    "is_repeated": False,
    "daily_cap": 2,
    "paused_until": None,
}


def test_the_evening_is_the_usual_time(phone):
    body = phone.ask("GET", "reminders/").json()
    assert body["setting"] == {"is_on": True, "at": "19:00", "weekdays": [0, 1, 2, 3, 4, 5, 6], **USUAL}
    assert body["coming"]["state"] == "due" and body["results"] == []


def test_a_new_wish_is_kept_and_moves_the_next_reminder(phone, clock):
    clock.move_to(at(DAY_1, 12))
    assert phone.ask("PUT", "reminders/settings/", WISH).json() == {**WISH, **USUAL}
    assert ReminderSetting.objects.get().at == time(7, 30)
    assert phone.ask("GET", "reminders/").json()["coming"]["due_at"].endswith("T07:30:00Z")
    assert phone.ask("GET", "reminders/settings/").json() == {**WISH, **USUAL}


def test_the_whole_wish_may_be_sent_and_comes_back(phone, clock):
    clock.move_to(at(DAY_1, 12))
    whole = {
        **WISH,
        "quiet_from": "20:00",
        "quiet_until": "07:00",
        "is_repeated": True,
        "daily_cap": 3,
        "paused_until": "2026-03-20",
    }
    assert phone.ask("PUT", "reminders/settings/", whole).json() == whole
    assert phone.ask("GET", "reminders/").json()["coming"]["day"] == "2026-03-20"


def test_reminders_can_be_turned_off(phone, clock):
    clock.move_to(at(DAY_1, 12))
    phone.ask("PUT", "reminders/settings/", {**WISH, "is_on": False})
    assert phone.ask("GET", "reminders/").json()["coming"] is None


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("is_on", {"is_on": "yes"}),
        ("at", {"at": "25:00"}),
        ("at", {"at": "7:30"}),
        ("at", {"at": 730}),
        ("weekdays", {"weekdays": "daily"}),
        ("weekdays", {"weekdays": [0] * 8}),
        ("weekdays.0", {"weekdays": [7]}),
        ("weekdays.1", {"weekdays": [0, True]}),
        ("quiet_from", {"quiet_from": "late"}),
        ("quiet_until", {"quiet_until": None}),
        ("at", {"at": "23:00"}),
        ("daily_cap", {"daily_cap": 6}),
        ("is_repeated", {"is_repeated": 1}),
        ("paused_until", {"paused_until": "soon"}),
        ("paused_until", {"paused_until": "2020-01-01"}),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(phone, field, changes):
    assert list(problem(phone.ask("PUT", "reminders/settings/", {**WISH, **changes}), 400)["fields"]) == [field]
    assert not ReminderSetting.objects.exists()


def test_an_ended_reminder_says_how_it_ended(phone, patient):
    check_in(patient, DAY_1)
    reminders.remind_due(at(DAY_1, 19, 1))
    body = phone.ask("GET", "reminders/").json()
    assert [(row["day"], row["state"], row["reason"]) for row in body["results"]] == [
        (str(DAY_1), "withheld", "already_checked_in")
    ]
    assert body["coming"]["day"] > str(DAY_1)


def test_the_ledger_shows_a_persons_own_messages(phone, desk):
    reminders.remind_due(at(DAY_1, 19, 1))
    rows = phone.ask("GET", "messages/").json()["results"]
    assert [(row["kind"], row["state"]) for row in rows] == [("reminder", "due")]
    assert desk.ask("GET", "messages/").json()["results"] == []


def test_a_clinician_reads_the_ledger_of_an_episode(desk, episode, patient, clinician):
    check_in(patient, DAY_1, red_flags=("RF05",))
    rows = desk.ask("GET", f"messages/?episode={episode.pk}").json()["results"]
    assert {row["kind"] for row in rows} == {"red_flag_patient", "red_flag_clinic"}
    assert {row["kind"] for row in desk.ask("GET", "messages/").json()["results"]} == {"red_flag_clinic"}
