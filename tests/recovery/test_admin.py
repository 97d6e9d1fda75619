"""The staff tables: open for admins, silent about people, and for looking only."""

import pytest
from django.apps import apps
from django.contrib import admin as staff
from django.urls import reverse

from accounts.models import User
from accounts.services import people
from recovery.models import Heartbeat, OutboxMessage, PlanVersion, Reminder
from tests.factories import DAY_1, at, load_plan, make_user, open_episode

pytestmark = pytest.mark.django_db
TABLES = ["planversion", "outboxmessage", "reminder", "heartbeat"]


@pytest.fixture
def admin():
    return people.create_person("ada@example.test", User.Role.ADMIN)


@pytest.fixture
def rows():
    """One row of every table, about a patient called Nora."""
    nora = make_user(display_name="Nora Lind", email="nora@example.test")
    episode = open_episode(nora)
    message = OutboxMessage.objects.create(
        key="k", kind="reminder", recipient=nora, address=nora.email, created_at=at(DAY_1), due_at=at(DAY_1)
    )
    reminder = Reminder.objects.create(
        episode=episode, slot="test", local_date=DAY_1, due_at=at(DAY_1, 8), not_after=at(DAY_1, 12)
    )
    beat = Heartbeat.objects.create(name="beat", at=at(DAY_1))
    return {"planversion": PlanVersion.objects.get(), "outboxmessage": message, "reminder": reminder, "heartbeat": beat}


@pytest.mark.parametrize("table", TABLES)
def test_an_admin_finds_and_opens_a_row_without_reading_a_name(client, admin, rows, table):
    client.force_login(admin)
    found = client.get(reverse(f"admin:recovery_{table}_changelist"))
    opened = client.get(reverse(f"admin:recovery_{table}_change", args=[rows[table].pk]))
    assert found.status_code == opened.status_code == 200 and found.context["cl"].result_count
    for page in (found, opened):
        assert "Nora" not in page.content.decode() and "nora@" not in page.content.decode()


@pytest.mark.parametrize("role", ["patient", "clinician"])
@pytest.mark.parametrize("table", TABLES)
def test_nobody_else_opens_them(client, role, table):
    client.force_login(make_user(role))
    assert client.get(reverse(f"admin:recovery_{table}_changelist")).status_code == 302


def test_nothing_is_added_changed_or_deleted_here(client, admin):
    version = load_plan()
    client.force_login(admin)
    change = reverse("admin:recovery_planversion_change", args=[version.pk])
    assert client.post(change, {"approval_note": "mine"}).status_code == 403
    assert client.post(reverse("admin:recovery_planversion_delete", args=[version.pk])).status_code == 403
    assert client.get(reverse("admin:recovery_planversion_add")).status_code == 403


def test_no_clinical_table_is_shown():
    shown = {
        model._meta.model_name
        for model in staff.site._registry
        if model in apps.get_app_config("recovery").get_models()
    }
    assert shown == set(TABLES)
