"""A patient at their screens, with the clock standing still where it matters."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY_5 = factories.DAY_1 + timedelta(days=4)
CORE = {
    "average": "3",
    "worst": "4",
    "morning": "3",
    "function": "3",
    "session_status": "none",
    "medicine": "",
    "worried": "no",
}
INTAKE = {
    "red_flags": "none",
    "cautions": "none",
    "history": "none",
    "average": "3",
    "worst": "4",
    "morning": "3",
    "function": "3",
    "onset_on": "2026-02-20",
    "last_run_on": "2026-02-20",
    "age": "34",
    "first_episode": "no",
}


@pytest.fixture
def clock():
    """The evening of the patient's fifth day; `clock.move_to` moves it."""
    with time_machine.travel(factories.at(DAY_5), tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(db):
    return factories.load_plan()


@pytest.fixture
def patient(plan):
    return factories.make_user()


@pytest.fixture
def episode(patient, clock):
    """Open since day 1, with check-ins on the four days before today."""
    episode = factories.open_episode(patient)
    for number in range(4):
        factories.check_in(patient, factories.DAY_1 + timedelta(days=number))
    episode.refresh_from_db()
    return episode


@pytest.fixture
def page(client, patient):
    """A browser in which the patient is signed in."""
    client.force_login(patient, backend=BACKEND)
    return client


@pytest.fixture
def sign_in(client):
    def signed_in(user):
        client.force_login(user, backend=BACKEND)
        return client

    return signed_in


def filled(day=DAY_5, **changes):
    """The check-in form of an ordinary day, as a browser posts it."""
    return {**CORE, "key": str(uuid4()), "day": day.isoformat(), "time_zone": "", **changes}


def post_check_in(page, day=DAY_5, **changes):
    return page.post(reverse("patient:check_in"), filled(day, **changes))


def words(response):
    """The page as text without line breaks."""
    return " ".join(response.content.decode().split())
