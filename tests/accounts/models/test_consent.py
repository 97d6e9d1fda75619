from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import Clinic, Consent, Membership, User
from accounts.services import clinics
from accounts.services.consent import give_consent, withdraw_consent

pytestmark = pytest.mark.django_db


def seen_by(person):
    return list(User.objects.filter(pk__in=Consent.objects.seen_by(person)))


def test_a_patient_agrees_to_one_purpose_once_at_a_time(consent, now):
    with pytest.raises(IntegrityError, match="one_active_consent_per_patient_clinic_and_purpose|UNIQUE"):
        Consent.objects.create(patient=consent.patient, clinic=consent.clinic, text_version="1", given_at=now)


def test_consent_is_not_withdrawn_before_it_was_given(consent, now):
    with pytest.raises(IntegrityError, match="consent_is_withdrawn_after_it_was_given"):
        Consent.objects.filter(pk=consent.pk).update(withdrawn_at=now - timedelta(seconds=1))


def test_consent_names_the_text_agreed_to(consent):
    with pytest.raises(IntegrityError, match="consent_names_the_text_agreed_to"):
        Consent.objects.filter(pk=consent.pk).update(text_version="")


def test_consent_has_a_known_purpose(consent):
    with pytest.raises(IntegrityError, match="consent_has_a_known_purpose"):
        Consent.objects.filter(pk=consent.pk).update(purpose="marketing")


def test_a_clinician_sees_who_shares_with_their_clinic(consent, clinician, outsider, stranger):
    assert seen_by(clinician) == [consent.patient]
    assert seen_by(outsider) == seen_by(stranger) == seen_by(consent.patient) == []


def test_withdrawing_ends_the_sight_at_once_and_only_there(consent, clinician, outsider, other_clinic, now):
    give_consent(consent.patient, other_clinic, now)
    withdraw_consent(consent.patient, consent.clinic, now)
    assert seen_by(clinician) == [] and seen_by(outsider) == [consent.patient]


def test_a_clinician_who_left_sees_nobody(consent, clinician, now):
    clinics.remove_member(Membership.objects.get(user=clinician), now)
    assert seen_by(clinician) == []


def test_who_may_be_seen_is_asked_in_one_query(consent, clinician, django_assert_num_queries):
    with django_assert_num_queries(1):
        seen_by(clinician)


def test_a_clinic_and_its_patients_find_each_other(consent, stranger, other_clinic):
    assert list(User.objects.patients_of(consent.clinic)) == [consent.patient]
    assert list(Clinic.objects.chosen_by(consent.patient)) == [consent.clinic]
    assert not User.objects.patients_of(other_clinic).exists()
    assert not Clinic.objects.chosen_by(stranger).exists()
