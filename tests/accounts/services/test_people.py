import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.models import Membership, User
from accounts.services import clinics, people

pytestmark = pytest.mark.django_db


def test_a_person_made_for_somebody_has_a_verified_address():
    made = people.create_person("Ann@Example.test", "clinician", time_zone="Europe/Amsterdam")
    address = EmailAddress.objects.get(user=made)
    assert (address.email, address.primary, address.verified) == ("ann@example.test", True, True)


@pytest.mark.parametrize(("role", "opens"), [("patient", False), ("clinician", False), ("admin", True)])
def test_only_an_admin_opens_the_staff_tables(role, opens):
    made = people.create_person("ann@example.test", role)
    assert made.is_staff is opens and made.is_superuser is opens


def test_a_known_address_is_not_made_again(patient):
    with pytest.raises(people.AlreadyKnown):
        people.create_person("NORA@example.test")


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"time_zone": "Mars"}, {"role": "owner"}])
def test_a_wrong_value_makes_nobody(wrong):
    with pytest.raises(ValidationError):
        people.create_person(**{"email": "ann@example.test", **wrong})
    assert not User.objects.exists()


def test_a_patient_does_not_work_at_a_clinic(clinic, patient, now):
    with pytest.raises(clinics.NotStaff):
        clinics.add_member(clinic, patient, now)


def test_adding_a_member_again_changes_nothing(clinic, clinician, now):
    clinics.add_member(clinic, clinician, now, on_duty=False)
    assert Membership.objects.get().on_duty
