"""Messages as the patient meets them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.services.consent import withdraw_consent
from recovery.models import Absence, ReadMark, Thread, ThreadMessage
from recovery.services import threads
from tests import factories

from .conftest import DAY_5, words

NOW = factories.at(DAY_5)


@pytest.fixture
def clinic(patient, episode):
    clinic = factories.make_clinic(reading_times="weekdays 8 to 10")
    factories.share(patient, clinic)
    factories.make_clinician(clinic, display_name="Priya Raman")
    return clinic


@pytest.fixture
def clinician(clinic):
    return clinic.memberships.get().user


def address(clinic):
    return reverse("patient:thread", args=[clinic.pk])


def send(page, clinic, text="It went well.", **changes):
    return page.post(address(clinic), {"text": text, "key": str(uuid4()), **changes})


def said(clinician, patient, clinic, text="Well done."):
    return threads.send(clinician, patient, clinic, text, uuid4(), NOW)


def test_the_only_clinic_opens_at_once(page, clinic):
    assert page.get(reverse("patient:threads")).url == address(clinic)


def test_with_two_clinics_there_is_a_list(page, patient, clinic):
    factories.share(patient, factories.make_clinic("Mill Lane"))
    assert "Mill Lane" in words(page.get(reverse("patient:threads")))


def test_without_a_clinic_it_says_how_to_share(page):
    assert "Nobody to write to yet" in words(page.get(reverse("patient:threads")))


def test_the_composer_says_it_is_not_for_emergencies_and_when_they_read(page, clinic):
    text = words(page.get(address(clinic)))
    assert "Not for emergencies." in text
    assert reverse("patient:urgent_help") in text
    assert "weekdays 8 to 10" in text


def test_a_message_is_sent_once_however_often_it_is_tapped(page, clinic):
    key = str(uuid4())
    for _ in range(2):
        assert send(page, clinic, key=key).status_code == 303
    assert ThreadMessage.objects.get().text == "It went well."


def test_other_words_after_the_back_button_are_kept_in_the_form_with_a_key_of_their_own(page, clinic):
    key = str(uuid4())
    send(page, clinic, key=key)
    response = send(page, clinic, "And today too.", key=key)
    assert response.status_code == 400
    assert "And today too." in words(response)
    assert key not in response.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Write something first."),
        ({"text": "x" * 2001}, "Shorten it to 2000."),
        ({"text": "a\x00b"}, "Null characters"),
        ({"key": "none"}, "Please send it again."),
    ],
)
def test_what_cannot_be_sent_is_refused_in_a_sentence(page, clinic, wrong, sentence):
    response = send(page, clinic, **wrong)
    assert (response.status_code, sentence in words(response)) == (400, True)
    assert not ThreadMessage.objects.exists()


def test_what_somebody_writes_is_text(page, clinic):
    send(page, clinic, "<script>alert(1)</script>")
    assert "<script>alert" not in page.get(address(clinic)).text


def test_today_tells_of_what_is_new_until_it_is_read(page, patient, clinic, clinician):
    said(clinician, patient, clinic)
    assert "You have 1 new message" in words(page.get(reverse("patient:today")))
    assert "Well done." in words(page.get(address(clinic)))
    assert "You have 1 new message" not in words(page.get(reverse("patient:today")))
    assert ReadMark.objects.filter(reader=patient).exists()


def test_the_patient_sees_whether_it_was_read(page, clinic, clinician):
    send(page, clinic)
    assert "not read yet" in words(page.get(address(clinic)))
    threads.mark_read(Thread.objects.get(), clinician, NOW)
    assert "not read yet" not in words(page.get(address(clinic)))


def test_an_absence_is_said_before_writing(page, clinic, clinician):
    days = {"from_on": DAY_5, "until_on": DAY_5, "announced_by": clinician, "announced_at": NOW}
    Absence.objects.create(clinic=clinic, notice="Call Mill Lane.", **days)
    text = words(page.get(address(clinic)))
    assert "reads no messages until" in text
    assert "Call Mill Lane." in text


def test_after_leaving_the_clinic_the_thread_can_be_read_and_not_written(page, patient, clinic):
    send(page, clinic)
    withdraw_consent(patient, clinic, NOW)
    text = words(page.get(address(clinic)))
    assert "It went well." in text
    assert "this conversation is closed" in text
    assert send(page, clinic).status_code == 400
    assert ThreadMessage.objects.count() == 1


def test_a_clinic_one_never_shared_with_is_not_there(page, clinic):
    assert page.get(address(factories.make_clinic("Mill Lane"))).status_code == 404


def test_another_patient_finds_nothing_of_it(sign_in, page, clinic):
    send(page, clinic)
    sign_in(factories.make_user())
    assert page.get(address(clinic)).status_code == 404


def test_where_no_clinician_works_it_says_so_and_takes_no_message(page, clinic, clinician):
    clinic.memberships.update(left_at=NOW, on_duty=False)
    assert "reads messages now, because no clinician works there" in words(page.get(address(clinic)))
    assert send(page, clinic).status_code == 400
    assert not ThreadMessage.objects.exists()
