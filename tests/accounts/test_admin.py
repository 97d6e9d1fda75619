"""The staff tables: who may open them, and that they open."""

import pytest
from django.contrib import admin as staff
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


def test_a_membership_is_given_by_address_and_a_wrong_one_is_a_sentence(client, admin, clinic):
    colleague = people.create_person("sam@example.test", User.Role.CLINICIAN)
    client.force_login(admin)
    add = reverse("admin:accounts_membership_add")
    given = {"clinic": clinic.pk, "role": "clinician", "joined_at": "2026-03-01T09:00"}
    wrong = client.post(add, given | {"user": "nobody@example.test"})
    assert "Nobody has an account with this address" in wrong.content.decode()
    assert client.post(add, given | {"user": colleague.email}).status_code == 302
    membership = colleague.memberships.get()
    page = client.get(reverse("admin:accounts_membership_change", args=[membership.pk])).content.decode()
    assert 'value="sam@example.test"' in page and 'value="2026-03-01T09:00"' in page


def test_the_last_line_of_a_clinic_adds_a_member_without_scripts(client, admin, clinic, clinician):
    client.force_login(admin)
    change = reverse("admin:accounts_clinic_change", args=[clinic.pk])
    page = client.get(change)
    formset = page.context["inline_admin_formsets"][0].formset
    sent = {f"{form.prefix}-{name}": form[name].value() or "" for form in formset for name in form.fields}
    sent |= {f"memberships-{name}": formset.management_form[name].value() for name in formset.management_form.fields}
    sent |= {name: getattr(clinic, name) for name in ("name", "phone", "reading_times", "region")}
    colleague = people.create_person("sam@example.test", User.Role.CLINICIAN)
    sent |= {"memberships-1-user": colleague.email, "memberships-1-joined_at": "2026-03-01T09:00"}
    sent |= {"memberships-0-user": clinician.email, "memberships-0-joined_at": "2026-03-01T09:00"}
    assert client.post(change, sent).status_code == 302
    assert clinic.memberships.count() == 2


def test_a_library_s_tables_are_not_shown():
    assert {model._meta.app_label for model in staff.site._registry} == {"accounts", "recovery"}
