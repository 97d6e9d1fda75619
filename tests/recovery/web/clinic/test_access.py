"""Who finds a patient's pages: the clinicians the patient shares with now, and nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.services.clinics import remove_member
from accounts.services.consent import withdraw_consent
from tests import factories as make

from .conftest import NOW

OF_A_PATIENT = ["patient", "override", "clearance", "end_override", "care", "thread", "gate", "plan_move", "report"]
OF_AN_ESCALATION = ["escalation", "acknowledge", "resolve"]
READABLE = ["patient", "override", "clearance", "escalation", "gate", "report"]
POSTED = ["end_override", "care", "acknowledge", "resolve"]
OWN = ["panel", "invitations", "hours", "waiting"]


def address(name, episode, escalation):
    if name in OWN:
        return reverse(f"clinic:{name}")
    return reverse(f"clinic:{name}", args=[escalation.pk if name in OF_AN_ESCALATION else episode.pk])


def ask(client, name, episode, escalation):
    method = client.post if name in POSTED else client.get
    return method(address(name, episode, escalation))


@pytest.mark.parametrize("name", READABLE + OWN)
def test_a_clinician_the_patient_shares_with_finds_the_page(door, episode, escalation, name):
    assert ask(door, name, episode, escalation).status_code == 200


@pytest.mark.parametrize("name", OF_A_PATIENT + OF_AN_ESCALATION)
def test_a_clinician_of_another_clinic_finds_nothing(client, episode, escalation, name):
    client.force_login(make.make_clinician(make.make_clinic("Mill Lane")))
    assert ask(client, name, episode, escalation).status_code == 404


@pytest.mark.parametrize("name", OF_A_PATIENT + OF_AN_ESCALATION)
def test_a_clinician_finds_nothing_right_after_the_patient_withdraws(door, patient, clinic, episode, escalation, name):
    assert door.get(address("patient", episode, escalation)).status_code == 200
    withdraw_consent(patient, clinic, NOW)
    assert ask(door, name, episode, escalation).status_code == 404


@pytest.mark.parametrize("name", OF_A_PATIENT + OF_AN_ESCALATION)
def test_a_clinician_who_left_the_clinic_finds_nothing(door, clinician, episode, escalation, name):
    remove_member(clinician.memberships.get(), NOW)
    assert ask(door, name, episode, escalation).status_code == 404


@pytest.mark.parametrize("name", OF_A_PATIENT + OF_AN_ESCALATION + OWN)
def test_a_patient_finds_no_clinic_page_about_anybody(client, patient, episode, escalation, name):
    client.force_login(patient)
    assert ask(client, name, episode, escalation).status_code == 404


@pytest.mark.parametrize("name", OF_A_PATIENT + OF_AN_ESCALATION + OWN)
def test_an_admin_finds_no_clinic_page(client, episode, escalation, name):
    client.force_login(make.make_user("admin"))
    assert ask(client, name, episode, escalation).status_code == 404


@pytest.mark.parametrize("name", OF_A_PATIENT + OF_AN_ESCALATION + OWN)
def test_a_stranger_is_asked_to_sign_in(client, episode, escalation, name):
    response = ask(client, name, episode, escalation)
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_login"))


def test_the_panel_of_another_clinic_does_not_name_the_patient(client, patient, episode):
    client.force_login(make.make_clinician(make.make_clinic("Mill Lane")))
    assert patient.display_name not in client.get(reverse("clinic:panel")).text


@pytest.mark.parametrize("name", POSTED)
def test_following_a_link_never_acts(door, episode, escalation, name):
    assert door.get(address(name, episode, escalation)).status_code == 405


@pytest.mark.parametrize("name", READABLE + OWN)
def test_reading_a_page_writes_nothing_but_who_looked(door, episode, escalation, name):
    with CaptureQueriesContext(connection) as ran:
        ask(door, name, episode, escalation)
    written = [q["sql"] for q in ran if not q["sql"].upper().startswith(("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE"))]
    assert [sql for sql in written if "_audit" not in sql] == []


@pytest.mark.parametrize("name", ["panel", "invitations"])
def test_a_clinician_without_a_clinic_reads_what_to_do(client, db, name):
    client.force_login(make.make_user("clinician"))
    assert "You do not work at a clinic here yet" in client.get(reverse(f"clinic:{name}")).text
