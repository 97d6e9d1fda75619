"""Changing a patient's phase by hand, and clearances."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import Clearance, Episode, Override
from tests import factories as make

from .conftest import TODAY

GOOD = {
    "phase": "low_impact",
    "run_level": "",
    "expires_on": (TODAY + timedelta(days=7)).isoformat(),
    "reason": "Seen today, ready for more.",
}


def send(door, name, episode, answers):
    return door.post(reverse(f"clinic:{name}", args=[episode.pk]), answers)


def test_a_change_moves_the_patient_and_keeps_the_reason(door, episode):
    assert send(door, "override", episode, GOOD).status_code == 302
    assert Episode.objects.get().phase == "low_impact"
    page = door.get(reverse("clinic:patient", args=[episode.pk])).text
    assert "Seen today, ready for more." in page
    assert "chosen by Tom Achterberg" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phase": "flying"}, "flying"),
        ({"phase": ""}, "Choose a phase."),
        ({"phase": "return_to_running"}, "Choose a run level for the return to running"),
        ({"run_level": "R3"}, "Choose a run level for the return to running"),
        ({"run_level": "R99"}, "R99"),
        ({"expires_on": TODAY.isoformat()}, "Choose an end date after today."),
        ({"expires_on": (TODAY + timedelta(days=91)).isoformat()}, "Choose an end date within 90 days."),
        ({"expires_on": "soon"}, "Enter a date"),
        ({"expires_on": ""}, "Choose an end date."),
        ({"reason": "   "}, "Give a reason. The patient will read it."),
        ({"reason": "x" * 501}, "500"),
        ({"reason": "a\x00b"}, "Null characters"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_is_lost_or_written(door, episode, wrong, sentence):
    response = send(door, "override", episode, {**GOOD, **wrong})
    assert response.status_code == 400
    assert sentence in response.text
    assert wrong.get("reason") or GOOD["reason"] in response.text
    assert not Override.objects.exists()


def test_a_second_change_waits_for_the_first_to_end(door, episode):
    send(door, "override", episode, GOOD)
    response = send(door, "override", episode, {**GOOD, "phase": "rest"})
    assert response.status_code == 400
    assert "An earlier change is still in force." in response.text
    assert Override.objects.count() == 1


def test_a_change_can_be_ended_early(door, episode, clinician):
    send(door, "override", episode, GOOD)
    send(door, "end_override", episode, {})
    assert Override.objects.get().withdrawn_by == clinician


def test_ending_nothing_says_so(door, episode):
    response = door.post(reverse("clinic:end_override", args=[episode.pk]), follow=True)
    assert "There is no change in force to end." in response.text


def test_a_stopped_plan_asks_for_a_clearance_first(door, patient, episode):
    make.check_in(patient, TODAY, red_flags=("RF11",))
    response = send(door, "override", episode, GOOD)
    assert response.status_code == 400
    assert "Record a clearance before changing the phase." in response.text
    assert not Override.objects.exists()


SEEN = {"profession": "doctor", "assessed_on": TODAY.isoformat(), "note": "Reflexes normal."}


def test_a_clearance_lets_the_plan_go_on(door, patient, episode):
    make.check_in(patient, TODAY, red_flags=("RF11",))
    assert send(door, "clearance", episode, SEEN).status_code == 302
    assert not Episode.objects.get().is_stopped
    assert "Reflexes normal." in door.get(reverse("clinic:patient", args=[episode.pk])).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"profession": "astrologer"}, "astrologer"),
        ({"assessed_on": (TODAY + timedelta(days=1)).isoformat()}, "cannot be in the future"),
        ({"assessed_on": (TODAY - timedelta(days=1)).isoformat()}, "when the plan stopped"),
        ({"assessed_on": "yesterday"}, "Enter a date"),
    ],
)
def test_a_clearance_that_cannot_be_is_refused(door, patient, episode, wrong, sentence):
    make.check_in(patient, TODAY, red_flags=("RF11",))
    response = send(door, "clearance", episode, {**SEEN, **wrong})
    assert response.status_code == 400
    assert sentence in response.text
    assert not Clearance.objects.exists()


def test_there_is_nothing_to_clear_while_the_plan_runs(door, episode):
    response = send(door, "clearance", episode, SEEN)
    assert response.status_code == 400
    assert "there is nothing to clear" in response.text
