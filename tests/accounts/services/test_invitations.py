from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import Consent, Invitation
from accounts.services import invitations
from accounts.services.consent import withdraw_consent
from accounts.services.invitations import InvitationRefused, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(clinic, clinician, patient, now):
    """An invitation to the patient's own address, and its token."""
    return invitations.invite(clinic, "Nora@Example.test", clinician, now)


def refusal(*args, **options):
    with pytest.raises(InvitationRefused) as caught:
        invitations.accept(*args, **options)
    return caught.value.refusal


def test_only_a_digest_of_the_token_is_kept(invited):
    invitation, token = invited
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert token not in map(str, row.values()) and len(token) >= 43


def test_inviting_looks_the_same_for_a_known_and_an_unknown_address(clinic, clinician, patient, now):
    made = [invitations.invite(clinic, email, clinician, now)[0] for email in (patient.email, "new@example.test")]
    assert [(i.expires_at, i.accepted_at, i.withdrawn_at) for i in made] == [(now + timedelta(days=14), None, None)] * 2


def test_accepting_shares_with_the_clinic_and_says_who_and_when(invited, patient, now):
    invitation, token = invited
    consent = invitations.accept(token, patient, now + timedelta(hours=1), "7")
    invitation.refresh_from_db()
    assert (consent.patient, consent.clinic, consent.text_version) == (patient, invitation.clinic, "7")
    assert (invitation.accepted_by, invitation.accepted_at) == (patient, now + timedelta(hours=1))


def test_accepting_twice_gives_the_same_consent(invited, patient, now):
    _, token = invited
    assert invitations.accept(token, patient, now) == invitations.accept(token, patient, now + timedelta(days=30))
    assert Consent.objects.count() == 1


def test_an_invitation_brings_nobody_back_who_left(invited, patient, clinic, now):
    _, token = invited
    invitations.accept(token, patient, now)
    withdraw_consent(patient, clinic, now)
    assert refusal(token, patient, now) == Refusal.USED


def test_an_invitation_lasts_fourteen_days_and_not_a_second_longer(invited, patient, now):
    _, token = invited
    assert refusal(token, patient, now + timedelta(days=14)) == Refusal.EXPIRED
    assert invitations.accept(token, patient, now + timedelta(days=14, seconds=-1))


def test_an_invitation_taken_back_opens_nothing(invited, patient, now):
    invitation, token = invited
    assert invitations.withdraw(invitation, now)
    assert refusal(token, patient, now) == Refusal.WITHDRAWN
    assert not invitations.withdraw(invitation, now)


def test_a_newer_invitation_takes_the_place_of_the_older(invited, clinic, clinician, patient, now):
    _, newer = invitations.invite(clinic, patient.email, clinician, now + timedelta(days=1))
    assert refusal(invited[1], patient, now) == Refusal.WITHDRAWN
    assert invitations.accept(newer, patient, now + timedelta(days=1))


def test_inviting_at_another_clinic_leaves_the_first_alone(invited, other_clinic, outsider, patient, now):
    invitations.invite(other_clinic, patient.email, outsider, now)
    assert invitations.accept(invited[1], patient, now)


def test_a_used_invitation_opens_nothing_for_somebody_else(invited, patient, stranger, now):
    _, token = invited
    invitations.accept(token, patient, now)
    assert refusal(token, stranger, now, is_confirmed=True) == Refusal.USED


def test_somebody_with_another_address_has_to_confirm(invited, stranger, now):
    _, token = invited
    assert refusal(token, stranger, now) == Refusal.OTHER_ADDRESS
    assert invitations.accept(token, stranger, now, is_confirmed=True).patient == stranger


def test_a_clinician_cannot_be_a_patient(invited, clinician, now):
    assert refusal(invited[1], clinician, now, is_confirmed=True) == Refusal.NOT_A_PATIENT


@pytest.mark.parametrize("token", ["", "x", "a" * 500, "ключ", "\ud83d"])
def test_a_token_nobody_was_sent_opens_nothing(db, patient, now, token):
    assert refusal(token, patient, now) == Refusal.UNKNOWN


def test_a_refused_invitation_writes_nothing(invited, stranger, now):
    refusal(invited[1], stranger, now)
    assert not Consent.objects.exists() and Invitation.objects.unanswered().count() == 1


def test_a_failure_half_way_leaves_the_invitation_open(invited, patient, now, monkeypatch):
    def fails(*args):
        raise IntegrityError

    monkeypatch.setattr(invitations, "give_consent", fails)
    with pytest.raises(IntegrityError):
        invitations.accept(invited[1], patient, now)
    assert Invitation.objects.unanswered().count() == 1
