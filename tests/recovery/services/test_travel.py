"""A phone in another zone: offered, not taken over; accepted, everything moves at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from recovery.models import Reminder
from recovery.services import reminders, travel
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, entry, make_user, open_episode

pytestmark = pytest.mark.django_db
NOON = at(DAY_1, 12)


@pytest.fixture
def patient():
    return open_episode(make_user(time_zone="Europe/Berlin")).patient


def answer_from(patient, zone, day=DAY_1):
    from recovery.services import check_ins

    check_ins.record(patient, entry(day, zone=zone, made_at=at(day, 11)), at(day, 11))


def coming(patient) -> Reminder:
    return Reminder.objects.get(episode__patient=patient, state="due")


@pytest.mark.parametrize(
    ("zone", "offered"),
    [
        ("Europe/Berlin", ""),
        ("Europe/Amsterdam", ""),  # the same clocks under another name
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("America/New_York", "America/New_York"),
    ],
)
def test_other_clocks_are_offered(patient, zone, offered):
    answer_from(patient, zone)
    assert travel.offered_zone(patient, NOON) == offered


def test_nothing_is_offered_before_a_check_in(patient):
    assert travel.offered_zone(patient, NOON) == ""


def test_nothing_moves_unasked(patient):
    before = coming(patient).due_at
    answer_from(patient, "America/New_York")
    assert coming(patient).due_at == before


def test_who_moves_is_reminded_at_the_same_hour_there(patient):
    answer_from(patient, "Europe/Lisbon")
    travel.move(patient, "Europe/Lisbon", NOON)
    assert coming(patient).due_at == at(DAY_1, 19)
    assert travel.offered_zone(patient, NOON) == ""


def test_silence_is_looked_at_by_the_new_clocks(patient):
    episode = patient.episodes.get()
    before = episode.silence_due_at
    travel.move(patient, "America/New_York", NOON)
    episode.refresh_from_db()
    assert episode.silence_due_at - before == timedelta(hours=6)


def test_who_stays_is_not_asked_again_about_the_same_place(patient):
    answer_from(patient, "Europe/Lisbon")
    travel.stay(patient, "Europe/Lisbon")
    assert travel.offered_zone(patient, NOON) == ""
    answer_from(patient, "America/New_York", DAY_1 + timedelta(days=1))
    assert travel.offered_zone(patient, at(DAY_1 + timedelta(days=1), 12)) == "America/New_York"


def test_a_day_already_reminded_is_not_reminded_again_after_a_flight_west(patient):
    reminders.remind_due(at(DAY_1, 18))
    travel.move(patient, "America/New_York", at(DAY_1, 19))
    assert coming(patient).local_date == DAY_1 + timedelta(days=1)


@pytest.mark.parametrize("act", [lambda p: travel.move(p, "Mars/Olympus", NOON), lambda p: travel.stay(p, "")])
def test_an_unknown_zone_gets_a_sentence(patient, act):
    with pytest.raises(Refused, match="from the list"):
        act(patient)


def test_a_choice_that_is_refused_moves_nothing(patient):
    before = coming(patient).due_at
    with pytest.raises(ValidationError):
        travel.change(patient, NOON, time_zone="Asia/Tokyo", theme="neon")
    patient.refresh_from_db()
    assert (patient.time_zone, coming(patient).due_at) == ("Europe/Berlin", before)
