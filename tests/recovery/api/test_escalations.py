"""What waits for a clinician: the panel, taking it, closing it."""

from uuid import uuid4

import pytest

from recovery.models import Acknowledgement, Escalation, Resolution
from tests.factories import DAY_1, check_in

from .asking import problem


@pytest.fixture
def escalation(patient, clinician):
    check_in(patient, DAY_1, red_flags=("RF05",))
    return Escalation.objects.get(code="RF05")


def test_the_panel_names_the_patient_and_the_reason(desk, escalation, patient):
    body = desk.ask("GET", "panel/").json()
    row = body["groups"][0]["rows"][0]
    assert body["total"] == 1 and body["counts"]["warning_sign"] == 1
    assert (row["patient_name"], row["attention"], row["reason_code"]) == (patient.name, "warning_sign", "RF05")
    assert row["open_escalations"][0]["id"] == str(escalation.pk)


def test_the_panel_can_be_narrowed(desk, escalation, patient):
    assert desk.ask("GET", "panel/?search=nobody").json()["total"] == 0
    assert desk.ask("GET", f"panel/?clinic={uuid4()}").json()["total"] == 0
    assert desk.ask("GET", "panel/?attention=ready").json()["groups"] == []


def test_a_clinician_takes_an_escalation_and_closes_it_with_a_note(desk, escalation, clinician):
    path = f"escalations/{escalation.pk}/"
    taken = desk.ask("POST", path + "acknowledge/", {"note": "Calling now."}).json()
    assert taken["status"] == "acknowledged" and taken["acknowledgement"]["by"]["name"] == clinician.name
    closed = desk.ask("POST", path + "resolve/", {"outcome": "referred", "note": "Sent to the doctor."}).json()
    assert closed["status"] == "resolved" and closed["resolution"]["outcome"] == "referred"
    assert desk.ask("GET", path).json() == closed


def test_a_note_on_taking_it_is_optional(desk, escalation):
    assert desk.ask("POST", f"escalations/{escalation.pk}/acknowledge/").status_code == 200


def test_taking_it_twice_changes_nothing_more(desk, escalation):
    path = f"escalations/{escalation.pk}/acknowledge/"
    assert desk.ask("POST", path).json() == desk.ask("POST", path).json()
    assert Acknowledgement.objects.count() == 1


def test_closing_it_twice_collides(desk, escalation):
    path, done = f"escalations/{escalation.pk}/resolve/", {"outcome": "reviewed", "note": "Seen."}
    desk.ask("POST", path, done)
    problem(desk.ask("POST", path, done), 409)
    problem(desk.ask("POST", f"escalations/{escalation.pk}/acknowledge/"), 409)


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("note", {"outcome": "reviewed"}),
        ("note", {"outcome": "reviewed", "note": " "}),
        ("outcome", {"note": "Seen."}),
        ("outcome", {"outcome": "fine", "note": "Seen."}),
        ("made_by", {"outcome": "reviewed", "note": "Seen.", "made_by": "me"}),
    ],
)
def test_closing_it_needs_an_outcome_and_a_note(desk, escalation, field, body):
    assert list(problem(desk.ask("POST", f"escalations/{escalation.pk}/resolve/", body), 400)["fields"]) == [field]
    assert not Resolution.objects.exists()


def test_escalations_are_listed_by_state_and_episode(desk, escalation, episode):
    assert [row["id"] for row in desk.ask("GET", "escalations/?status=open").json()["results"]] == [str(escalation.pk)]
    assert desk.ask("GET", "escalations/?status=resolved").json()["results"] == []
    assert len(desk.ask("GET", f"escalations/?episode={episode.pk}").json()["results"]) == 1
