"""A patient who goes quiet is noticed, kindly, and in time."""

from datetime import timedelta

import pytest

from recovery.models import Decision, Episode, Escalation, OutboxMessage
from recovery.services import climbing, escalations, outbox, silence
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    patient, clinic = make_user(), make_clinic()
    make_clinician(clinic)
    share(patient, clinic)
    open_episode(patient)
    check_in(patient, DAY_1)
    return patient


def noon(days: int):
    """Noon of the day after so many silent days, when they can no longer be filled in."""
    return at(DAY_1 + timedelta(days=days + 1), 12)


def kinds():
    return list(OutboxMessage.objects.order_by("created_at").values_list("kind", flat=True))


def test_nothing_happens_before_two_days_are_missed(patient):
    assert silence.watch(noon(2) - timedelta(minutes=1)) == 0


def test_two_silent_days_bring_one_kind_word(patient):
    assert silence.watch(noon(2)) == 1
    assert silence.watch(noon(2)) == 0
    assert kinds() == ["silence_nudge"]
    assert Decision.objects.get(notices=["E9-2d"]).outcome == "no_check_in"


def test_a_week_of_silence_tells_the_clinic(patient):
    for days in (2, 4, 7):
        silence.watch(noon(days))
    assert Escalation.objects.get().code == "E9-7d"
    assert kinds().count("escalation_clinic") == 1


def test_a_watch_that_slept_for_ten_days_catches_up_without_old_nudges(patient):
    silence.watch(noon(10))
    assert Escalation.objects.get().code == "E9-7d"
    assert "silence_nudge" not in kinds()


def test_a_check_in_starts_the_watch_again(patient):
    silence.watch(noon(2))
    check_in(patient, DAY_1 + timedelta(days=3))
    episode = Episode.objects.get()
    assert episode.silence_due_at == noon(2) + timedelta(days=3)


def test_after_two_weeks_nothing_more_is_due(patient):
    for days in (2, 4, 7, 14):
        silence.watch(noon(days))
    assert Episode.objects.get().silence_due_at is None
    assert set(Escalation.objects.values_list("code", flat=True)) == {"E9-7d", "E9-14d"}


def test_an_episode_that_cannot_be_judged_holds_up_nobody_else(patient):
    broken = open_episode()
    Episode.objects.filter(pk=broken.pk).update(state={"version": 0}, silence_due_at=at(DAY_1))
    assert silence.watch(noon(2)) == 1
    assert kinds() == ["silence_nudge"]


def test_a_kind_word_stays_unsent_once_the_patient_has_spoken(patient):
    silence.watch(noon(2))
    check_in(patient, DAY_1 + timedelta(days=3), made_at=noon(2) + timedelta(minutes=1))
    sent = []
    outbox.deliver_due(lambda: noon(2) + timedelta(minutes=2), lambda row, now: sent.append(row))
    assert OutboxMessage.objects.get(kind="silence_nudge").reason == "already_checked_in"
    assert sent == []


def test_one_silent_day_after_severe_pain_brings_a_kind_word():
    patient = make_user()
    open_episode(patient)
    check_in(patient, DAY_1, average=7, worst=8)
    assert silence.watch(noon(1)) == 1
    assert Decision.objects.get(outcome="no_check_in").notices == ["E9-soft"]
    assert kinds().count("silence_nudge") == 1


def test_a_silence_told_to_the_clinic_stays_open_until_a_person_closes_it(patient):
    for days in (2, 4, 7):
        silence.watch(noon(days))
    back_on = DAY_1 + timedelta(days=9)
    check_in(patient, back_on)
    escalation = Escalation.objects.get(code="E9-7d")
    assert escalation.status == "open"
    assert climbing.climb_due(at(back_on)) == 1


def test_a_second_silence_is_told_again_once_the_first_was_closed(patient):
    for days in (2, 4, 7):
        silence.watch(noon(days))
    back_on = DAY_1 + timedelta(days=9)
    check_in(patient, back_on)
    clinician = OutboxMessage.objects.filter(kind="escalation_clinic").first().recipient
    escalations.resolve(Escalation.objects.get().pk, clinician, "reached", "All is well.", at(back_on, 20))
    for days in (11, 13, 16):
        silence.watch(noon(days))
    assert list(Escalation.objects.order_by("raised_at").values_list("code", "status")) == [
        ("E9-7d", "resolved"),
        ("E9-7d", "open"),
    ]
    assert kinds().count("escalation_clinic") == 2


def test_one_silence_tells_each_step_once_however_often_it_is_looked_at(patient):
    for days in range(2, 14):
        silence.watch(noon(days))
        silence.watch(noon(days))
    assert kinds().count("silence_nudge") == 2
    assert kinds().count("escalation_clinic") == 1
