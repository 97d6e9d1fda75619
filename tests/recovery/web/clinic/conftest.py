"""A clinic with two clinicians, a patient who shares with it, and everybody who must not see them."""

from datetime import timedelta

import pytest
import time_machine

from recovery.models import Escalation
from tests import factories as make

TODAY = make.DAY_1 + timedelta(days=9)
NOW = make.at(TODAY, 20)


@pytest.fixture(autouse=True)
def clock():
    """The evening of the tenth day."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clinic(db):
    return make.make_clinic()


@pytest.fixture
def clinician(clinic):
    return make.make_clinician(clinic, display_name="Tom Achterberg")


@pytest.fixture
def colleague(clinic):
    return make.make_clinician(clinic, display_name="Priya Raman")


@pytest.fixture
def patient(clinic):
    person = make.make_user(display_name="Marek Dvořák")
    make.share(person, clinic)
    return person


@pytest.fixture
def episode(patient):
    return make.open_episode(patient)


@pytest.fixture
def escalation(episode):
    return raised(episode)


@pytest.fixture
def door(client, clinician):
    """A browser the clinician has signed in with."""
    client.force_login(clinician)
    return client


def raised(episode, code="E2", urgency="RT", at=None, **fields) -> Escalation:
    """An escalation as the rules would leave it."""
    fields.setdefault("figures", {"flags": [code]} if code.startswith("RF") else {})
    return Escalation.objects.create(
        episode=episode, code=code, urgency=urgency, day=TODAY, raised_at=at or NOW - timedelta(minutes=5), **fields
    )
