"""What nobody takes is told to more people, step by step, and to nobody once a person has it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from recovery.models import Care, Escalation, OutboxMessage
from recovery.services import climbing, escalations, outbox
from recovery.services.recipients import reason_to_withhold
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
RAISED = at(DAY_1)  # a Monday evening


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def on_duty(clinic):
    return make_clinician(clinic)


@pytest.fixture
def resting(clinic, on_duty):
    return make_clinician(clinic, on_duty=False)


@pytest.fixture
def admin():
    return make_user("admin")


@pytest.fixture
def patient(clinic):
    patient = make_user()
    share(patient, clinic)
    open_episode(patient)
    return patient


def warned(patient) -> Escalation:
    check_in(patient, DAY_1, red_flags=("RF01",))
    return Escalation.objects.get(code="RF01")


def told(kind, number):
    """Who is told at a step, by address."""
    rows = OutboxMessage.objects.filter(kind=kind, key__contains=f":{number}:")
    return set(rows.values_list("recipient__email", flat=True))


def test_a_warning_sign_reaches_the_whole_clinic_and_then_the_admins(patient, on_duty, resting, admin):
    warned(patient)
    everybody = {on_duty.email, resting.email}
    assert told("red_flag_clinic", 0) == {on_duty.email}
    assert climbing.climb_due(RAISED + HOUR / 2 - timedelta(seconds=1)) == 0
    for number, wait in ((1, HOUR / 2), (2, 2 * HOUR), (3, 8 * HOUR)):
        assert climbing.climb_due(RAISED + wait) == 1
        assert climbing.climb_due(RAISED + wait) == 0
        assert told("climb_clinic", number) == everybody
        assert told("climb_admin", number) == ({admin.email} if number == 3 else set())


def test_the_next_person_is_whoever_looks_after_the_patient(patient, clinic, on_duty, resting):
    carer = make_clinician(clinic, on_duty=False)
    escalation = warned(patient)
    Care.objects.create(episode=escalation.episode, clinician=carer, begun_at=RAISED)
    climbing.climb_due(RAISED + HOUR / 2)
    assert told("climb_clinic", 1) == {on_duty.email, carer.email}


def test_the_steps_stay_as_they_were_fixed_when_it_was_raised(patient, on_duty, monkeypatch):
    escalation = warned(patient)
    monkeypatch.setattr("recovery.rules.climbing.FOR_A_SIGN", ((99 * HOUR, "admins"),))
    assert escalation.next_step_at == RAISED + HOUR / 2
    climbing.climb_due(RAISED + HOUR / 2)
    escalation.refresh_from_db()
    assert escalation.next_step_at == RAISED + 2 * HOUR


def test_taking_it_stops_the_climb_and_withholds_what_had_not_left(patient, on_duty, resting):
    escalation = warned(patient)
    climbing.climb_due(RAISED + HOUR / 2)
    escalations.acknowledge(escalation.pk, on_duty, RAISED + HOUR)
    assert climbing.climb_due(RAISED + 3 * DAY) == 0
    waiting = OutboxMessage.objects.get(kind="climb_clinic", recipient=resting)
    assert reason_to_withhold(waiting.deliveries.get(), RAISED + HOUR) == "taken"


def test_the_patient_hears_it_though_somebody_has_taken_it(patient, on_duty):
    escalation = warned(patient)
    escalations.acknowledge(escalation.pk, on_duty, RAISED)
    letter = OutboxMessage.objects.get(kind="red_flag_patient")
    assert reason_to_withhold(letter.deliveries.get(), RAISED) == ""


def test_what_is_taken_but_not_closed_opens_again_after_a_week(patient, clinic, on_duty):
    escalation = warned(patient)
    taker = make_clinician(clinic, on_duty=False)
    escalations.acknowledge(escalation.pk, taker, RAISED + HOUR)
    assert climbing.climb_due(RAISED + HOUR + WEEK) == 1
    escalation.refresh_from_db()
    assert (escalation.status, escalation.taken_by) == ("open", None)
    assert told("back_clinic", 1) == {on_duty.email, taker.email}
    again = escalations.acknowledge(escalation.pk, taker, RAISED + 2 * HOUR + WEEK)
    assert again.acknowledgements.count() == 2


def test_what_is_closed_climbs_no_more(patient, on_duty):
    escalation = warned(patient)
    escalations.resolve(escalation.pk, on_duty, "reviewed", "Sent to hospital.", RAISED + HOUR)
    assert climbing.climb_due(RAISED + 30 * DAY) == 0


def test_a_sign_that_comes_again_must_be_taken_again_and_climbs_anew(patient, on_duty):
    from recovery.services import episodes

    escalation = warned(patient)
    escalations.acknowledge(escalation.pk, on_duty, RAISED)
    episodes.record_clearance(escalation.episode_id, "doctor", DAY_1 + DAY, patient, at(DAY_1 + DAY, 8))
    check_in(patient, DAY_1 + 2 * DAY, red_flags=("RF01",))
    escalation.refresh_from_db()
    assert (escalation.status, escalation.next_step_at) == ("open", RAISED + 2 * DAY + HOUR / 2)
    letters = OutboxMessage.objects.filter(kind="red_flag_clinic", recipient=on_duty).order_by("created_at")
    assert reason_to_withhold(letters.last().deliveries.get(), RAISED + 2 * DAY) == ""


def test_advice_is_between_the_patient_and_the_page():
    patient = make_user()
    open_episode(patient, onset_on=DAY_1 - 12 * DAY, average=4, worst=6)
    for n in range(3):
        check_in(patient, DAY_1 + n * DAY, average=4, worst=6)
    escalation = Escalation.objects.get(code="E1")
    assert (escalation.schedule, escalation.next_step_at) == ([], None)


def test_the_admins_hear_nothing_of_a_patient_who_shares_with_nobody(admin):
    patient = make_user()
    open_episode(patient)
    warned(patient)
    climbing.climb_due(RAISED + 9 * HOUR)
    assert not OutboxMessage.objects.filter(recipient=admin).exists()


def test_a_clinic_the_patient_chose_meanwhile_is_told_at_the_next_step(patient, on_duty):
    warned(patient)
    other = make_clinic("Mill Lane")
    share(patient, other)
    newcomer = make_clinician(other)
    climbing.climb_due(RAISED + HOUR / 2)
    assert newcomer.email in told("climb_clinic", 1)


def test_somebody_who_is_no_admin_any_more_is_not_told(patient, on_duty, admin):
    warned(patient)
    climbing.climb_due(RAISED + 8 * HOUR)
    letter = OutboxMessage.objects.get(kind="climb_admin")
    type(admin).objects.filter(pk=admin.pk).update(role="clinician", is_staff=False)
    letter = OutboxMessage.objects.get(pk=letter.pk)
    assert reason_to_withhold(letter.deliveries.get(), RAISED + 8 * HOUR) == "no_admin"


def test_the_claim_of_a_step_is_lost_to_a_person_who_took_it_meanwhile(patient, on_duty, monkeypatch):
    escalation = warned(patient)
    truly = climbing.rules.take

    def slowly(climb, now, zone):
        escalations.acknowledge(escalation.pk, on_duty, now)
        return truly(climb, now, zone)

    monkeypatch.setattr(climbing.rules, "take", slowly)
    assert climbing.climb_due(RAISED + HOUR / 2) == 0
    assert told("climb_clinic", 1) == set()


def test_one_that_fails_holds_up_nobody_else(patient, clinic, on_duty, monkeypatch):
    warned(patient)
    second = make_user()
    share(second, clinic)
    open_episode(second)
    check_in(second, DAY_1, red_flags=("RF02",))
    truly = outbox.write
    poisoned = Escalation.objects.earliest("next_step_at", "pk").pk

    def fails_for_one(messages):
        messages = list(messages)
        if messages and messages[0].escalation_id == poisoned:
            raise RuntimeError("poison")
        truly(messages)

    monkeypatch.setattr(climbing.outbox, "write", fails_for_one)
    assert climbing.climb_due(RAISED + HOUR / 2) == 1
    assert Escalation.objects.get(pk=poisoned).steps_taken == 1


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "acknowledged"}, "acknowledged_escalation_says_who_has_it"),
        ({"taken_at": RAISED}, "taken_escalation_says_by_whom_and_when"),
        ({"status": "resolved"}, "a_closed_escalation_climbs_no_more"),
    ],
)
def test_the_table_refuses_a_climb_that_makes_no_sense(patient, on_duty, values, constraint):
    escalation = warned(patient)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(**values)


def test_nobody_can_have_what_is_open(patient, on_duty):
    escalation = warned(patient)
    with pytest.raises(IntegrityError, match="nobody_has_an_open_escalation"), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(taken_by=on_duty, taken_at=RAISED)
