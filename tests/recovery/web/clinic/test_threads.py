"""Messages and reading times as a clinician meets them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.services.consent import withdraw_consent
from recovery.models import Absence, OutboxMessage, ReadMark, Thread, ThreadMessage
from recovery.services import threads
from tests import factories as make

from .conftest import NOW, TODAY


def address(episode):
    return reverse("clinic:thread", args=[episode.pk])


def send(door, episode, place, **changes):
    return door.post(address(episode), {"clinic": place.pk, "text": "Keep going.", "key": str(uuid4()), **changes})


def written(patient, clinic, text="It hurts less."):
    return threads.send(patient, patient, clinic, text, uuid4(), NOW)


def test_the_patient_page_shows_what_waits_and_marks_nothing_read(door, patient, clinic, episode):
    written(patient, clinic)
    page = door.get(reverse("clinic:patient", args=[episode.pk])).text
    assert "It hurts less." in page
    assert "Waits for an answer since" in page
    assert not ReadMark.objects.exclude(reader=patient).exists()


def test_opening_the_conversation_marks_it_read(door, patient, clinic, episode, clinician):
    written(patient, clinic)
    assert "It hurts less." in door.get(address(episode)).text
    assert ReadMark.objects.get(reader=clinician)


def test_an_answer_reaches_the_patient_without_a_word_of_it(door, patient, clinic, episode):
    assert send(door, episode, clinic).status_code == 302
    notice = OutboxMessage.objects.get(kind="thread_patient")
    assert notice.recipient == patient
    assert "Keep going." not in str(notice.context)


@pytest.mark.parametrize(
    ("wrong", "sentence"), [({"text": " "}, "Write something first."), ({"clinic": "nowhere"}, "not a valid UUID")]
)
def test_what_cannot_be_sent_is_refused(door, episode, clinic, wrong, sentence):
    response = send(door, episode, clinic, **wrong)
    assert (response.status_code, sentence in response.text) == (400, True)
    assert not ThreadMessage.objects.exists()


def test_a_clinic_the_patient_does_not_share_with_cannot_write(door, episode, clinician):
    other = make.make_clinic("Mill Lane")
    other.memberships.create(user=clinician, joined_at=NOW)
    assert send(door, episode, other).status_code == 400


def test_withdrawn_consent_closes_the_page_at_the_next_click(door, patient, clinic, episode):
    written(patient, clinic)
    assert door.get(address(episode)).status_code == 200
    withdraw_consent(patient, clinic, NOW)
    assert door.get(address(episode)).status_code == 404
    assert send(door, episode, clinic).status_code == 404


def test_it_can_be_said_to_need_no_answer(door, patient, clinic, episode):
    written(patient, clinic)
    door.post(reverse("clinic:settle_thread", args=[episode.pk, clinic.pk]))
    assert not Thread.objects.waiting().exists()


def test_only_one_s_own_conversations_can_be_settled(door, patient, episode):
    other = make.make_clinic("Mill Lane")
    make.make_clinician(other)
    make.share(patient, other)
    written(patient, other)
    assert door.post(reverse("clinic:settle_thread", args=[episode.pk, other.pk])).status_code == 404
    assert Thread.objects.waiting().exists()


def test_reading_times_are_saved_for_patients(door, clinic):
    door.post(reverse("clinic:reading", args=[clinic.pk]), {"reading_times": " weekdays 8 to 10 "})
    clinic.refresh_from_db()
    assert clinic.reading_times == "weekdays 8 to 10"


def absent(first=0, last=3):
    days = {"from_on": TODAY + timedelta(days=first), "until_on": TODAY + timedelta(days=last)}
    return {name: day.isoformat() for name, day in days.items()} | {"notice": "Call Mill Lane."}


def test_an_absence_is_announced_and_ended(door, clinic):
    door.post(reverse("clinic:away", args=[clinic.pk]), absent())
    assert "Call Mill Lane." in door.get(reverse("clinic:hours")).text
    door.post(reverse("clinic:back", args=[clinic.pk]))
    assert not Absence.objects.standing(TODAY).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [(absent(2, 1), "not before the first day"), ({"from_on": "soon"}, "Enter a valid date"), ({}, "Choose the first")],
)
def test_an_absence_that_cannot_be_is_refused(door, clinic, wrong, sentence):
    response = door.post(reverse("clinic:away", args=[clinic.pk]), wrong)
    assert (response.status_code, sentence in response.text) == (400, True)
    assert not Absence.objects.exists()


@pytest.mark.parametrize("name", ["reading", "away", "back"])
def test_another_clinic_s_times_are_not_there(door, name):
    other = make.make_clinic("Mill Lane")
    assert door.post(reverse(f"clinic:{name}", args=[other.pk]), absent()).status_code == 404
