"""Messages nobody has answered."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from accounts.services.consent import withdraw_consent
from recovery.services import threads
from tests import factories as make

from .conftest import NOW

PAGE = reverse("clinic:waiting")


def written(patient, clinic, now=NOW):
    return threads.send(patient, patient, clinic, "It hurts less.", uuid4(), now)


def test_the_panel_says_how_many_wait_and_leads_there(door, patient, clinic, episode):
    assert PAGE not in door.get(reverse("clinic:panel")).text
    written(patient, clinic)
    page = door.get(reverse("clinic:panel")).text
    assert "1 message waits for an answer" in page
    assert PAGE in page


def test_the_longest_waiting_stands_first_and_leads_to_its_conversation(door, patient, clinic, episode):
    other = make.make_user(display_name="Lena Hartmann")
    make.share(other, clinic)
    make.open_episode(other)
    written(patient, clinic)
    written(other, clinic, NOW - timedelta(hours=2))
    page = door.get(PAGE).text
    assert page.index("Lena Hartmann") < page.index("Marek Dvořák")
    assert reverse("clinic:thread", args=[episode.pk]) in page


def test_an_answer_takes_it_off_the_list(door, patient, clinic, episode, clinician):
    written(patient, clinic)
    threads.send(clinician, patient, clinic, "Good.", uuid4(), NOW)
    assert "Nobody waits for an answer" in door.get(PAGE).text


def test_who_no_longer_shares_is_not_named(door, patient, clinic, episode):
    written(patient, clinic)
    withdraw_consent(patient, clinic, NOW)
    assert patient.display_name not in door.get(PAGE).text
