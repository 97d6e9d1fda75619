"""A clock that was set back keeps nobody in and nothing open."""

from datetime import timedelta

import pytest

from accounts.models import Membership
from accounts.services import clinics, invitations, tokens
from accounts.services.consent import withdraw_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(now):
    return now - timedelta(hours=1)


def test_a_patient_leaves_all_the_same(consent, now, before):
    assert withdraw_consent(consent.patient, consent.clinic, before)
    consent.refresh_from_db()
    assert consent.withdrawn_at == now


def test_a_key_is_revoked_all_the_same(patient, now, before):
    token, secret = tokens.issue(patient, now)
    assert tokens.revoke(token, before) and tokens.authenticate(secret, now) is None


def test_a_member_leaves_all_the_same(clinician, before):
    assert clinics.remove_member(Membership.objects.get(), before)


def test_an_invitation_is_answered_or_taken_back_all_the_same(clinic, clinician, patient, now, before):
    _, token = invitations.invite(clinic, patient.email, clinician, now)
    newer, _ = invitations.invite(clinic, "other@example.test", clinician, now)
    assert invitations.accept(token, patient, before) and invitations.withdraw(newer, before)
