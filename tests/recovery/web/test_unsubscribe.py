"""The way out of routine letters: one click, no sign-in, and looking at it changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from recovery.channels.unsubscribe import token_for
from recovery.services import email_standing
from tests.factories import DAY_1, at, make_user, open_episode

pytestmark = pytest.mark.django_db


def way_out(person) -> str:
    return reverse("unsubscribe", args=[token_for(person.pk)])


def is_out(person) -> bool:
    return email_standing.standing_of(person).unsubscribed_at is not None


def test_a_mail_program_stops_letters_with_one_post_and_no_cookie():
    person = make_user()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(way_out(person), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and is_out(person)


def test_a_scanner_that_opens_the_link_changes_nothing(client):
    person = make_user()
    assert "for your safety" in client.get(way_out(person)).content.decode()
    assert not is_out(person)


def test_a_link_we_never_made_opens_nothing(client):
    made = way_out(make_user())
    for link in (
        made[:-2] + "x/",
        reverse("unsubscribe", args=["x"]),
        reverse("unsubscribe", args=[f"{make_user().pk}:x"]),
    ):
        assert client.post(link).status_code == 404


def test_the_page_names_nobody(client):
    person = make_user(display_name="Nora")
    page = client.get(way_out(person)).content.decode()
    assert person.email not in page and "Nora" not in page


def test_switching_the_reminder_on_brings_the_letters_back(client):
    person = make_user()
    open_episode(person)
    email_standing.unsubscribe(person, at(DAY_1))
    client.force_login(person)
    assert 'name="by_email">' in client.get(reverse("patient:settings")).content.decode()
    client.post(reverse("patient:reminder"), {"is_on": "on", "by_email": "on", "at": "19:00", "weekdays": ["0"]})
    assert not is_out(person)


def test_a_patient_whose_address_was_refused_reads_what_to_do(client):
    person = make_user()
    email_standing.EmailStanding.objects.create(person=person, refused_address=person.email, refused_at=at(DAY_1))
    client.force_login(person)
    page = client.get(reverse("patient:settings"))
    assert "takes no mail from us" in page.content.decode()
    person.email = "other@example.test"
    person.save()
    assert "takes no mail from us" not in client.get(reverse("patient:settings")).content.decode()


def test_staff_stop_the_weekly_letter_and_read_about_that(client, db):
    clinician = make_user("clinician")
    assert "Stop the weekly letter?" in client.get(way_out(clinician)).text
    assert "no more weekly letters" in client.post(way_out(clinician)).text
    assert is_out(clinician)
