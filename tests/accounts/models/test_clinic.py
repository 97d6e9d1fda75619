from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from accounts.models import Clinic, Invitation, Membership, User
from accounts.services import clinics, invitations

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(clinician):
    return Membership.objects.get(user=clinician)


@pytest.fixture
def invitation(clinic, clinician, now):
    return invitations.invite(clinic, "nora@example.test", clinician, now)[0]


def test_nobody_works_at_a_clinic_twice_at_once(membership, now):
    with pytest.raises(IntegrityError, match="one_active_membership_per_clinic_and_person|UNIQUE"):
        Membership.objects.create(clinic=membership.clinic, user=membership.user, joined_at=now)


def test_somebody_who_left_can_come_back(membership, now):
    clinics.remove_member(membership, now)
    again = clinics.add_member(membership.clinic, membership.user, now + timedelta(days=1))
    assert again.pk != membership.pk


def test_somebody_who_left_is_not_on_duty(membership, now):
    with pytest.raises(IntegrityError, match="only_active_members_are_on_duty"):
        Membership.objects.filter(pk=membership.pk).update(left_at=now)


def test_nobody_leaves_before_joining(membership, now):
    with pytest.raises(IntegrityError, match="member_leaves_after_joining"):
        Membership.objects.filter(pk=membership.pk).update(left_at=now - timedelta(days=1), on_duty=False)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"accepted_at": "now"}, "accepted_invitation_says_by_whom"),
        ({"accepted_by": "clinician"}, "accepted_invitation_says_by_whom"),
        (
            {"accepted_at": "now", "accepted_by": "clinician", "withdrawn_at": "now"},
            "accepted_invitation_is_not_withdrawn",
        ),
        ({"expires_at": "now"}, "invitation_expires_after_it_was_made"),
        ({"withdrawn_at": "yesterday"}, "invitation_is_withdrawn_after_it_was_made"),
        (
            {"accepted_at": "yesterday", "accepted_by": "clinician"},
            "invitation_is_accepted_after_it_was_made",
        ),
    ],
)
def test_the_table_refuses_an_invitation_that_cannot_be(invitation, clinician, now, changes, constraint):
    values = {"now": now, "yesterday": now - timedelta(days=1), "clinician": clinician}
    with pytest.raises(IntegrityError, match=constraint):
        Invitation.objects.filter(pk=invitation.pk).update(**{key: values[name] for key, name in changes.items()})


def test_one_address_has_one_unanswered_invitation_per_clinic(invitation, clinician, now):
    with pytest.raises(IntegrityError, match="one_unanswered_invitation_per_clinic_and_address|UNIQUE"):
        Invitation.objects.create(
            clinic=invitation.clinic,
            email="Nora@example.test",
            digest="d",
            invited_by=clinician,
            created_at=now,
            expires_at=now + timedelta(days=1),
        )


def test_a_clinic_has_a_name():
    with pytest.raises(IntegrityError, match="clinic_has_a_name"):
        Clinic.objects.create(name="")


def test_a_clinic_with_people_cannot_be_deleted(membership):
    with pytest.raises(ProtectedError):
        membership.clinic.delete()


def test_staff_and_duty_follow_the_membership(clinic, clinician, outsider, membership, now):
    assert list(Clinic.objects.of_staff(clinician)) == [clinic]
    assert list(User.objects.staff_of(clinic)) == [clinician] == list(User.objects.on_duty_at(clinic))
    clinics.set_duty(membership, on_duty=False)
    assert list(User.objects.staff_of(clinic)) == [clinician] and not User.objects.on_duty_at(clinic).exists()
    clinics.remove_member(membership, now)
    assert not User.objects.staff_of(clinic).exists() and not Clinic.objects.of_staff(clinician).exists()
