import pytest

from accounts.access import clinics_visible_to, patients_visible_to
from accounts.services import people

pytestmark = pytest.mark.django_db


def test_each_role_sees_its_own_clinics(consent, clinic, other_clinic, clinician, outsider, stranger):
    admin = people.create_person("ada@example.test", "admin")
    assert list(clinics_visible_to(clinician)) == [clinic] == list(clinics_visible_to(consent.patient))
    assert list(clinics_visible_to(outsider)) == [other_clinic]
    assert list(clinics_visible_to(admin)) == [clinic, other_clinic]
    assert not clinics_visible_to(stranger).exists()


def test_a_diary_is_open_to_its_owner_and_the_clinic_it_is_shared_with(consent, clinician, outsider, stranger):
    admin = people.create_person("ada@example.test", "admin")
    assert list(patients_visible_to(consent.patient)) == [consent.patient] == list(patients_visible_to(clinician))
    assert list(patients_visible_to(stranger)) == [stranger]
    assert not patients_visible_to(outsider).exists() and not patients_visible_to(admin).exists()
