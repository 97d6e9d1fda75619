"""When a person must look, the right people are told once, and it stays open until one of them acts."""

from datetime import timedelta

import pytest

from recovery.models import Escalation, OutboxMessage
from recovery.services import escalations
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def clinician(clinic):
    return make_clinician(clinic)


@pytest.fixture
def patient(clinic):
    patient = make_user()
    share(patient, clinic)
    open_episode(patient, onset_on=DAY_1 - timedelta(days=26), average=4, worst=6)
    return patient


def persisting(patient, days=3):
    for n in range(days):
        check_in(patient, DAY_1 + timedelta(days=n), average=4, worst=6)
    return Escalation.objects.get(code="E2")


def recipients(kind):
    return set(OutboxMessage.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def test_pain_that_persists_past_four_weeks_is_told_to_patient_and_clinic(patient, clinician):
    escalation = persisting(patient)
    assert (escalation.status, escalation.urgency) == ("open", "RT")
    assert recipients("escalation_patient") == {patient.email}
    assert recipients("escalation_clinic") == {clinician.email}


def test_it_is_raised_once_not_every_day(patient, clinician):
    persisting(patient, days=8)
    assert Escalation.objects.filter(code="E2").count() == 1
    assert OutboxMessage.objects.filter(kind="escalation_clinic", escalation__code="E2").count() == 1


def test_without_a_clinic_only_the_patient_is_told():
    patient = make_user()
    open_episode(patient, onset_on=DAY_1 - timedelta(days=26), average=4, worst=6)
    persisting(patient)
    assert recipients("escalation_clinic") == set()


def test_when_nobody_is_on_duty_the_whole_clinic_is_told(patient, clinic):
    everybody = {make_clinician(clinic, on_duty=False).email for _ in range(2)}
    persisting(patient)
    assert recipients("escalation_clinic") == everybody


def test_a_red_flag_is_told_with_its_own_words_and_the_highest_priority(patient, clinician):
    check_in(patient, DAY_1, red_flags=("RF11", "RF01"))
    escalation = Escalation.objects.get()
    assert (escalation.code, escalation.urgency, escalation.figures) == ("RF01", "EM", {"flags": ["RF11", "RF01"]})
    assert recipients("red_flag_clinic") == {clinician.email}
    assert set(OutboxMessage.objects.values_list("priority", flat=True)) == {0}


def test_acknowledging_names_who_took_it(patient, clinician):
    escalation = escalations.acknowledge(persisting(patient).pk, clinician, at(DAY_1), "Calling today.")
    assert escalation.status == "acknowledged"
    assert escalation.acknowledgement.made_by == clinician


def test_the_second_to_acknowledge_is_told_who_was_first(patient, clinician):
    escalation = persisting(patient)
    escalations.acknowledge(escalation.pk, clinician, at(DAY_1))
    with pytest.raises(Refused, match=clinician.display_name):
        escalations.acknowledge(escalation.pk, make_user("clinician"), at(DAY_1))


def test_resolving_needs_a_note(patient, clinician):
    escalation = persisting(patient)
    with pytest.raises(Refused, match="short note"):
        escalations.resolve(escalation.pk, clinician, "reviewed", " ", at(DAY_1))
    escalation.refresh_from_db()
    assert escalation.status == "open"


def test_a_resolved_escalation_stays_resolved(patient, clinician):
    escalation = persisting(patient)
    day = DAY_1 + timedelta(days=2)
    escalations.resolve(escalation.pk, clinician, "reviewed", "Seen and advised.", at(day, 20))
    with pytest.raises(Refused, match="already been closed"):
        escalations.resolve(escalation.pk, clinician, "reviewed", "Again.", at(day, 21))


def test_what_nobody_acknowledged_is_shown_again_after_a_week(patient, clinician):
    escalation = persisting(patient)
    a_week_on = escalation.raised_at + timedelta(days=7)
    assert escalations.show_again(a_week_on - timedelta(minutes=1)) == 0
    assert escalations.show_again(a_week_on) == 1
    assert escalations.show_again(a_week_on) == 0
    assert OutboxMessage.objects.filter(key__contains=":again:1:").count() == 2


def test_an_acknowledged_escalation_is_not_shown_again(patient, clinician):
    escalation = persisting(patient)
    escalations.acknowledge(escalation.pk, clinician, at(DAY_1))
    assert escalations.show_again(escalation.raised_at + timedelta(days=30)) == 0
