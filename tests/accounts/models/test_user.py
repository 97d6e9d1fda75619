import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Value
from django.db.models.functions import Upper

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_person_whatever_its_capitals(patient):
    with pytest.raises(IntegrityError, match="one_account_per_email|accounts_user.email"):
        User.objects.create_user("NORA@Example.test")


def test_an_address_is_kept_and_found_in_lower_case():
    made = User.objects.create_user("Ann@Example.Test")
    assert made.pk == User.objects.get(email="ANN@example.test").pk
    assert User.objects.get(pk=made.pk).email == "ann@example.test"


def test_a_capital_cannot_be_written_past_the_field(patient):
    with pytest.raises(IntegrityError, match="email_is_lower_case"):
        User.objects.filter(pk=patient.pk).update(email=Upper(Value("nora@example.test")))


@pytest.mark.parametrize("right", ["is_staff", "is_superuser"])
@pytest.mark.parametrize("role", ["patient", "clinician"])
def test_only_admins_open_the_staff_tables(role, right):
    with pytest.raises(IntegrityError, match="only_admins_are_staff"):
        User.objects.create_user("eve@example.test", role=role, **{right: True})


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("role", "owner", "account_has_a_known_role"),
        ("theme", "pink", "account_has_a_known_theme"),
        ("time_zone", "", "account_has_a_time_zone"),
        ("email", "", "account_has_an_email"),
    ],
)
def test_the_table_refuses_a_value_no_account_may_have(patient, field, value, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        User.objects.filter(pk=patient.pk).update(**{field: value})


@pytest.mark.parametrize("name", ["Mars/Olympus", "europe", "../etc/passwd", "Europe/Amsterdam\n"])
def test_a_time_zone_nobody_knows_is_refused(name):
    with pytest.raises(ValidationError, match="time zone"):
        User(email="a@example.test", password="!", time_zone=name).full_clean()


def test_a_person_lives_in_their_time_zone():
    assert User(time_zone="Europe/Amsterdam").zone.key == "Europe/Amsterdam"


def test_a_new_person_is_a_patient_who_joined_just_now():
    made = User.objects.create_user("ann@example.test")
    assert made.is_patient and not made.is_clinician and not made.is_admin
    assert made.joined_at.tzinfo and not made.has_usable_password()


def test_a_superuser_is_an_admin():
    made = User.objects.create_superuser("root@example.test", "walk before you run")
    assert made.is_admin and made.is_staff and made.is_superuser


def test_somebody_without_a_name_is_called_by_the_start_of_their_address():
    assert str(User(email="ann@example.test")) == "ann"
    assert str(User(email="ann@example.test", display_name="Ann")) == "Ann"


def test_a_person_needs_an_address():
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")
