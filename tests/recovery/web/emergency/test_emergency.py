"""The pages of emergency access."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from recovery.models import EmergencyAccess
from recovery.services import emergencies
from tests import factories as make

NOW = make.at(make.DAY_1, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def patient():
    found = make.open_episode(make.make_user(display_name="Marek Dvořák")).patient
    make.check_in(found, make.DAY_1, red_flags=("RF05",))
    return found


@pytest.fixture
def door(client):
    client.force_login(make.make_clinician(make.make_clinic()))
    return client


def ask(door, patient, **changes):
    said = {"email": patient.email, "reason": "in_danger", "explanation": "Found on the track.", **changes}
    return door.post(reverse("emergency:ask"), said)


def test_opening_shows_the_record_to_read_and_nothing_to_press(door, patient):
    page = door.get(ask(door, patient).url)
    assert page.status_code == 200 and "Marek Dvořák" in page.text and "until 21:00" in page.text
    assert 'method="post"' not in page.text.partition("<main")[2]
    assert reverse("clinic:override", args=[patient.episodes.get().pk]) not in page.text


def test_after_an_hour_nothing_is_there(door, patient, clock):
    address = ask(door, patient).url
    clock.shift(timedelta(minutes=59))
    assert door.get(address).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert door.get(address).status_code == 404


def test_the_usual_pages_stay_closed(door, patient):
    ask(door, patient)
    episode = patient.episodes.get()
    for name in ("patient", "override", "report", "gate"):
        assert door.get(reverse(f"clinic:{name}", args=[episode.pk])).status_code == 404
    assert "Marek Dvořák" not in door.get(reverse("clinic:panel")).text


def test_the_patient_reads_who_it_was_and_each_look(door, client, patient):
    door.get(ask(door, patient).url)
    assert list(AuditEvent.objects.order_by("number").values_list("action", "what")) == [
        ("emergency", "emergency:open"),
        ("read", "emergency:record"),
    ]
    client.force_login(patient)
    page = client.get(reverse("accounts:who_looked")).text
    assert "Opened the record in an emergency" in page and "Read the record in an emergency" in page


def test_a_refusal_is_a_sentence_and_stands_in_the_trail(door, patient):
    page = ask(door, patient, email="nobody@example.test")
    assert page.status_code == 400 and "There is no record under this address" in page.text
    assert AuditEvent.objects.get().action == "denied" and not EmergencyAccess.objects.exists()


def test_an_admin_finds_it_waiting_and_writes_down_what_they_found(door, client, patient):
    ask(door, patient)
    client.force_login(make.make_user("admin"))
    access = EmergencyAccess.objects.get()
    waiting = client.get(reverse("emergency:waiting")).text
    assert access.opened_by.name in waiting and "Marek" not in waiting
    said = {"outcome": "right", "note": "The ward confirms it."}
    assert client.post(reverse("emergency:review", args=[access.pk]), said).url == reverse("emergency:waiting")
    again = client.post(reverse("emergency:review", args=[access.pk]), said)
    assert again.status_code == 400 and "stays" in again.text


def test_a_review_that_is_late_says_so(door, client, patient, clock):
    ask(door, patient)
    clock.shift(emergencies.REVIEWED_WITHIN + timedelta(minutes=1))
    client.force_login(make.make_user("admin"))
    assert "Late" in client.get(reverse("emergency:waiting")).text
