"""Whether anybody reads a diary is asked of the memberships of the moment, and the truth is told."""

import pytest
from django.utils import timezone

from accounts.models import Membership
from recovery.channels.email import compose
from recovery.models import OutboxMessage
from recovery.services import audience
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db
TRUTH = "Nobody reads what you enter now"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def patient(clinic):
    patient = make_user()
    share(patient, clinic)
    open_episode(patient)
    return patient


def leaves(person):
    Membership.objects.filter(user=person).update(left_at=timezone.now(), on_duty=False)


def is_disabled(person):
    type(person).objects.filter(pk=person.pk).update(is_active=False)


def letter(kind):
    return compose(OutboxMessage.objects.get(kind=kind), at(DAY_1))


@pytest.mark.parametrize("goes", [leaves, is_disabled], ids=lambda goes: goes.__name__)
def test_a_clinic_whose_last_clinician_has_gone_reads_nothing(patient, clinic, goes):
    clinician = make_clinician(clinic)
    assert audience.is_read(patient)
    goes(clinician)
    assert not audience.is_read(patient)


def test_without_a_clinic_nobody_reads():
    assert not audience.is_read(make_user())


def test_one_clinic_with_a_clinician_is_enough_and_each_is_told_apart(patient):
    other = make_clinic("Mill Lane")
    share(patient, other)
    make_clinician(other, on_duty=False)
    assert audience.is_read(patient)
    assert {each.clinic.name: each.is_read for each in audience.readers_of(patient)} == {
        "Harbour Street Physio": False,
        "Mill Lane": True,
    }


def test_the_patient_s_letter_says_that_nobody_reads(patient):
    check_in(patient, DAY_1, red_flags=("RF01",))
    mail = letter("red_flag_patient")
    assert TRUTH in mail.body and TRUTH in mail.alternatives[0].content


def test_the_patient_s_letter_does_not_say_so_when_somebody_does(patient, clinic):
    make_clinician(clinic, on_duty=False)
    check_in(patient, DAY_1, red_flags=("RF01",))
    assert TRUTH not in letter("red_flag_patient").body


def test_the_admins_hear_once_a_day_which_clinic_has_nobody_and_not_about_whom(patient, clinic):
    admin = make_user("admin")
    second = make_user()
    share(second, clinic)
    open_episode(second)
    for person in (patient, second):
        check_in(person, DAY_1, red_flags=("RF01",))
    told = OutboxMessage.objects.get(kind="unread_admin")
    assert (told.recipient, told.episode, told.escalation) == (admin, None, None)
    assert f"/staff/accounts/clinic/{clinic.pk}/change/" in letter("unread_admin").body
