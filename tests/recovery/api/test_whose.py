"""What one person said on a phone is never taken as somebody else's."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.services.marks import mark_of
from recovery.models import CheckIn
from tests import factories

URL = "/api/v1/check-ins/"
BODY = {
    "day": str(factories.DAY_1),
    "made_at": "2026-03-02T19:00:00+00:00",
    "time_zone": "UTC",
    "average": 3,
    "worst": 4,
    "morning": 3,
    "function": 3,
    "session": {"status": "none"},
    "red_flags": [],
}


@pytest.fixture
def phone(db, client):
    """A browser in which the owner of an episode is signed in."""
    owner = factories.open_episode().patient
    client.force_login(owner)
    client.owner = owner
    return client


def post(client, meant):
    body = {**BODY, "id": str(uuid4())}
    return client.post(URL, body, content_type="application/json", headers={"Backstride-Person": mark_of(meant)})


def test_an_entry_for_the_person_signed_in_is_taken(phone):
    assert post(phone, phone.owner).status_code == 201


def test_an_entry_of_somebody_else_is_refused_and_leaves_no_row(phone):
    answer = post(phone, factories.make_user())
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:backstride:problem:other-person")
    assert not CheckIn.objects.exists()


def test_a_phone_learns_who_is_signed_in(phone, client):
    told = client.get(reverse("phone:session")).json()
    assert told["person"] == mark_of(phone.owner) and told["csrf"]
    client.logout()
    assert client.get(reverse("phone:session")).json()["person"] == "nobody"
