"""What admins see of the sending side, and the banner all staff see when the watch is silent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from recovery.channels import Permanent
from recovery.models import Escalation, OutboxMessage, Shortfall
from recovery.services import heartbeat, outbox
from recovery.services.sending_state import signs_of_life
from tests.factories import DAY_1, at, check_in, load_plan, make_clinic, make_clinician, make_user, open_episode

pytestmark = pytest.mark.django_db
SILENT = "Messages may be late or missing."


@pytest.fixture
def admin(client):
    load_plan()
    client.force_login(make_user("admin"))
    return client


def test_an_admin_sees_that_all_is_well(admin):
    for name in signs_of_life():
        heartbeat.note(name, timezone.now())
    page = admin.get("/sending/").content.decode()
    assert "All well" in page and "Needs a person" not in page and SILENT not in page


def test_what_is_missing_stands_with_what_to_do(admin):
    now = timezone.now()
    Shortfall.objects.create(kind="stuck", about="1", due_at=now, found_at=now)
    page = admin.get("/sending/").content.decode()
    assert "A delivery nobody takes" in page and "manage.py deliver --once" in page


def test_what_waits_is_counted_and_nobody_is_named(admin):
    patient = make_user(display_name="Somebody Private")
    outbox.write([outbox.message("k", "reminder", timezone.now() - timedelta(minutes=2), recipient=patient)])
    check_in(open_episode(patient).patient, DAY_1, red_flags=("RF05",))
    page = admin.get("/sending/")
    assert page.context["lines"][0].due >= 2
    assert page.context["waiting"]["older"] == Escalation.objects.filter(status="open").count() > 0
    assert "Somebody Private" not in page.content.decode() and patient.email not in page.content.decode()


@pytest.mark.parametrize(("role", "address"), [("admin", "/plans/"), ("clinician", "/clinic/")])
def test_staff_see_a_banner_three_minutes_after_the_last_sign(client, role, address):
    load_plan()
    client.force_login(make_clinician(make_clinic()) if role == "clinician" else make_user("admin"))
    heartbeat.note("auditor", timezone.now() - timedelta(minutes=2, seconds=50))
    assert SILENT not in client.get(address).content.decode()
    heartbeat.note("auditor", timezone.now() - timedelta(minutes=3, seconds=1))
    assert SILENT in client.get(address).content.decode()


def test_a_watch_that_has_never_spoken_is_silent(admin):
    assert SILENT in admin.get("/plans/").content.decode()


def test_a_patient_sees_no_banner(client):
    client.force_login(open_episode(now=at(DAY_1, 6)).patient)
    assert SILENT not in client.get("/today/", follow=True).content.decode()


@pytest.fixture
def given_up():
    """A warning to a patient that was refused for good."""
    patient = make_user(display_name="Somebody Private")
    open_episode(patient)
    check_in(patient, DAY_1, red_flags=("RF05",))
    now = timezone.now()
    outbox.deliver_due(lambda: now, refuse)
    return OutboxMessage.objects.get(kind="red_flag_patient")


def refuse(delivery, now):
    raise Permanent("recipient refused [550]")


def test_what_was_given_up_stands_with_a_button_and_names_nobody(admin, given_up):
    page = admin.get("/sending/").content.decode()
    assert "About a warning sign, to the patient" in page and "recipient refused [550]" in page
    assert f"/sending/again/{given_up.pk}/" in page and "Somebody Private" not in page


def test_an_admin_sends_it_again_and_that_is_on_record(admin, given_up):
    answer = admin.post(f"/sending/again/{given_up.pk}/", follow=True)
    given_up.refresh_from_db()
    assert given_up.state == "due" and "on its way again" in answer.content.decode()
    act = AuditEvent.objects.get(what="sending:again")
    assert act.action == "acted" and act.patients.get().patient == given_up.recipient_id
    again = admin.post(f"/sending/again/{given_up.pk}/", follow=True)
    assert "on its way again, or no longer needed" in again.content.decode()


@pytest.mark.parametrize("role", ["patient", "clinician"])
def test_nobody_else_sends_anything_again(client, given_up, role):
    client.force_login(make_user(role))
    assert client.post(f"/sending/again/{given_up.pk}/").status_code == 404
    given_up.refresh_from_db()
    assert given_up.state == "failed"
