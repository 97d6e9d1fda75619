"""The staff tables: who may open them, and that they open."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.services import invitations, people

pytestmark = pytest.mark.django_db
TABLES = ["user", "clinic", "membership", "invitation"]


@pytest.fixture
def admin(db):
    return people.create_person("ada@example.test", User.Role.ADMIN)


@pytest.mark.parametrize("table", TABLES)
def test_an_admin_finds_a_row(client, admin, clinic, clinician, now, table):
    invitations.invite(clinic, "nora@example.test", clinician, now)
    client.force_login(admin)
    page = client.get(reverse(f"admin:accounts_{table}_changelist"), {"q": "e"})
    assert page.status_code == 200 and page.context["cl"].result_count


def test_an_admin_opens_a_clinic_and_a_person(client, admin, clinic, clinician):
    client.force_login(admin)
    for row in (clinic, clinician):
        assert client.get(reverse(f"admin:accounts_{row._meta.model_name}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("who", ["patient", "clinician"])
@pytest.mark.parametrize("table", TABLES)
def test_nobody_else_opens_them(client, request, who, table):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse(f"admin:accounts_{table}_changelist")).status_code == 302


def test_nobody_is_deleted_or_promoted_here(client, admin, patient):
    client.force_login(admin)
    change = reverse("admin:accounts_user_change", args=[patient.pk])
    client.post(
        change,
        {
            "display_name": "N",
            "role": "admin",
            "is_staff": "on",
            "language": "en",
            "time_zone": "UTC",
            "theme": "auto",
        },
    )
    assert client.post(reverse("admin:accounts_user_delete", args=[patient.pk])).status_code == 403
    patient.refresh_from_db()
    assert patient.is_patient and not patient.is_staff
