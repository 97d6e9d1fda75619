"""Two clinics, their people, and a moment."""

from datetime import UTC, datetime

import pytest

from accounts.models import Membership, User
from accounts.services import clinics, people
from accounts.services.consent import give_consent

PASSWORD = "walk before you run"


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def patient(db):
    return people.create_person("nora@example.test", password=PASSWORD, display_name="Nora")


@pytest.fixture
def stranger(db):
    return people.create_person("sam@example.test", password=PASSWORD)


@pytest.fixture
def clinic(db):
    return clinics.open_clinic("Harbour Street Physio", phone="020 555 0100", reading_times="weekdays 8 to 10")


@pytest.fixture
def other_clinic(db):
    return clinics.open_clinic("Mill Lane Clinic")


@pytest.fixture
def clinician(clinic, now):
    person = people.create_person("tom@example.test", User.Role.CLINICIAN, PASSWORD, display_name="Tom")
    clinics.add_member(clinic, person, now, Membership.Role.LEAD, on_duty=True)
    return person


@pytest.fixture
def outsider(other_clinic, now):
    """A clinician of another clinic."""
    person = people.create_person("ida@example.test", User.Role.CLINICIAN, PASSWORD)
    clinics.add_member(other_clinic, person, now)
    return person


@pytest.fixture
def consent(patient, clinic, now):
    return give_consent(patient, clinic, now)
