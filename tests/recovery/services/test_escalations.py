"""When a person must look, the right people are told once, and it stays open until one of them acts."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import Membership
from recovery.models import Episode, Escalation, OutboxMessage
from recovery.services import check_ins, episodes, escalations
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, entry, make_clinic, make_clinician, make_user, open_episode, share

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
    assert (escalation.taken_by, escalation.taken_at) == (clinician, at(DAY_1))
    assert escalation.acknowledgements.get().note == "Calling today."


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


def test_what_nobody_acknowledged_is_shown_to_the_patient_again_after_a_week(patient, clinician):
    escalation = persisting(patient)
    a_week_on = escalation.raised_at + timedelta(days=7)
    assert escalations.show_again(a_week_on - timedelta(minutes=1)) == 0
    assert escalations.show_again(a_week_on) == 1
    assert escalations.show_again(a_week_on) == 0
    assert OutboxMessage.objects.get(key__contains=":again:1:").recipient == patient


def test_an_acknowledged_escalation_is_not_shown_again(patient, clinician):
    escalation = persisting(patient)
    escalations.acknowledge(escalation.pk, clinician, at(DAY_1))
    assert escalations.show_again(escalation.raised_at + timedelta(days=30)) == 0


DAY_2, DAY_3, DAY_4 = (DAY_1 + timedelta(days=n) for n in (1, 2, 3))


def warned(person):
    """How often somebody was told of a warning sign."""
    return OutboxMessage.objects.filter(kind__startswith="red_flag", recipient=person).count()


def correct(patient, key, hour, **values):
    made = entry(DAY_1, key=key, made_at=at(DAY_1, hour), **values)
    return check_ins.correct(patient, made, made.made_at)


def test_a_graver_sign_while_the_plan_is_off_is_told_too(patient, clinician):
    check_in(patient, DAY_1, red_flags=("RF19",))
    check_in(patient, DAY_2, red_flags=("RF01",))
    assert Escalation.objects.get(code="RF01").figures == {"flags": ["RF01"]}
    assert (warned(patient), warned(clinician)) == (2, 2)


def test_a_sign_told_while_the_plan_is_off_is_told_once(patient, clinician):
    check_in(patient, DAY_1, red_flags=("RF19",))
    for day in (DAY_2, DAY_3):
        check_in(patient, day, red_flags=("RF01", "RF19"))
    assert (warned(patient), warned(clinician)) == (2, 2)


def test_a_graver_sign_added_by_a_correction_is_told_too(patient, clinician):
    key = uuid4()
    check_in(patient, DAY_1, key=key, made_at=at(DAY_1, 8), red_flags=("RF19",))
    correct(patient, key, 9, red_flags=("RF19", "RF01"))
    assert Escalation.objects.filter(code="RF01", urgency="EM").exists()
    assert (warned(patient), warned(clinician)) == (2, 2)


def test_the_same_sign_after_a_clearance_is_told_again_though_nobody_closed_the_first(patient, clinician):
    episode = check_in(patient, DAY_1, red_flags=("RF01",)).check_in.episode
    episodes.record_clearance(episode.pk, "doctor", DAY_2, patient, at(DAY_2, 8))
    check_in(patient, DAY_3, red_flags=("RF01",))
    check_in(patient, DAY_4, red_flags=("RF01",))
    assert Escalation.objects.get(code="RF01").day == DAY_3
    assert (warned(patient), warned(clinician)) == (2, 2)


def test_a_sign_taken_back_and_ticked_again_is_told_again(patient, clinician):
    key = uuid4()
    check_in(patient, DAY_1, key=key, made_at=at(DAY_1, 8), red_flags=("RF01",))
    correct(patient, key, 9)
    correct(patient, key, 10, red_flags=("RF01",))
    assert Episode.objects.get().is_stopped
    assert (warned(patient), warned(clinician)) == (2, 2)


def test_each_clinic_is_told_though_only_one_has_somebody_on_duty(patient, clinician):
    other = make_clinic("Hill Lane Physio")
    share(patient, other)
    resting = make_clinician(other, on_duty=False)
    check_in(patient, DAY_1, red_flags=("RF01",))
    assert recipients("red_flag_clinic") == {clinician.email, resting.email}


def test_a_patient_is_told_of_nobody_else_even_when_a_table_calls_them_a_member(patient, clinic):
    Membership.objects.create(clinic=clinic, user=make_user(), on_duty=True, joined_at=at(DAY_1, 4))
    check_in(patient, DAY_1, red_flags=("RF01",))
    assert recipients("red_flag_clinic") == set()
