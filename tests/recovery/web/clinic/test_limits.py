"""A stricter limit for one patient: set with a reason they read, used by the rules, never looser than the plan."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from recovery.models import Decision, Episode, Tightening
from recovery.services import verification
from recovery.services.episodes import close
from tests import factories as make

from .conftest import NOW, TODAY

PLACE = "gentle_stretching/advance_median/median/"
REASON = "Let us wait until it is really calm."


@pytest.fixture
def good():
    return {"place": PLACE, "number": 2, "expires_on": TODAY + timedelta(days=14), "reason": REASON}


def send(door, episode, values):
    return door.post(reverse("clinic:limits", args=[episode.pk]), values)


def ready(patient):
    """Nine days that would move anybody on by the plan's own limits, but not by a median of 2."""
    for number in range(9):
        session = {"status": "done", "pain": 1} if number < 3 else None
        make.check_in(patient, make.DAY_1 + timedelta(days=number), average=4, worst=4, morning=1, session=session)


def test_the_rules_use_it_from_today_and_say_so(door, patient, episode, good):
    ready(patient)
    assert send(door, episode, good).status_code == 302
    assert Episode.objects.get().state["tightenings"][0]["limit"] == 2
    for number in range(1, 4):
        day = TODAY + timedelta(days=number)
        with time_machine.travel(make.at(day, 20), tick=False):
            make.check_in(patient, day, average=3, worst=3)
    latest = Decision.objects.standing().filter(episode=episode).latest("day")
    found = latest.findings.get(rule="advance_median")
    assert (latest.outcome, found.limits["median"], found.figures["plan_limits"]) == ("hold", 2, {"median": 3})
    with time_machine.travel(make.at(latest.day, 20), tick=False):
        page = door.get(reverse("clinic:patient", args=[episode.pk])).text
    assert "Stricter for this patient; the plan says 3." in page
    assert not list(verification.differences(Episode.objects.get()))


def test_the_patient_reads_it_with_the_reason_and_the_name(client, door, patient, episode, good):
    send(door, episode, good)
    client.force_login(patient)
    page = " ".join(client.get(reverse("patient:today")).text.split())
    assert "median of average pain: 2 instead of 3." in page
    assert REASON in page and "From Tom Achterberg" in page
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        assert REASON not in client.get(reverse("patient:today")).text


def test_it_is_ended_before_its_time_and_the_past_replays_alike(door, patient, episode, good):
    ready(patient)
    send(door, episode, good)
    row = Tightening.objects.get()
    address = reverse("clinic:end_limit", args=[episode.pk, row.pk])
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert door.post(address).status_code == 302
        assert "tightenings" not in Episode.objects.get().state
        assert "has ended already" in door.post(address, follow=True).text
    assert not list(verification.differences(Episode.objects.get()))


def test_ended_on_the_day_it_began_it_never_was(door, episode, good):
    send(door, episode, good)
    door.post(reverse("clinic:end_limit", args=[episode.pk, Tightening.objects.get().pk]))
    assert "tightenings" not in Episode.objects.get().state
    assert not list(verification.differences(Episode.objects.get()))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": 3}, "The plan’s limit is 3. For one patient it can only be stricter: choose a lower number."),
        ({"number": 4}, "choose a lower number"),
        ({"number": 1}, "nothing stricter than 2"),
        ({"place": "gentle_stretching/minimum_days/days/", "number": 2}, "choose a higher number"),
        ({"place": "gentle_stretching/step_back_pain/average/heat_cold", "number": 6}, "too close together"),
        ({"place": "prevention/advance_median/median/"}, "Select a valid choice"),
        ({"reason": "  "}, "The patient will read it."),
        ({"expires_on": TODAY}, "Choose an end date after today."),
        ({"expires_on": TODAY + timedelta(days=91)}, "within 90 days"),
        ({"number": ""}, "Enter a number."),
    ],
)
def test_what_may_not_be_is_refused_in_a_sentence(door, episode, good, wrong, sentence):
    page = send(door, episode, good | wrong)
    assert (page.status_code, sentence in page.text) == (400, True)
    assert not Tightening.objects.exists()


def test_one_limit_is_not_made_stricter_twice_at_once(door, episode, good):
    send(door, episode, good)
    page = send(door, episode, good)
    assert "stricter already. End that first." in page.text and Tightening.objects.count() == 1


def test_an_ended_plan_takes_none(door, episode, good):
    close(episode.pk, "recovered", NOW)
    assert "has ended" in send(door, episode, good).text and not Tightening.objects.exists()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"reason": ""}, "tightening_gives_a_reason"),
        ({"limit": 3}, "tightening_differs_from_the_plan"),
        ({"expires_on": TODAY - timedelta(days=1)}, "tightening_ends_after_it_starts"),
        ({"withdrawn_on": TODAY}, "withdrawn_tightening_says_by_whom"),
    ],
)
def test_the_table_refuses_nonsense_by_name(episode, clinician, changes, name):
    values = {
        "phase": "gentle_stretching",
        "condition": "advance_median",
        "parameter": "median",
        "limit": 2,
        "plan_limit": 3,
        "reason": REASON,
        "starts_on": TODAY,
        "expires_on": TODAY,
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Tightening.objects.create(episode=episode, made_by=clinician, made_at=NOW, **(values | changes))
