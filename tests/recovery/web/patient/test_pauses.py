"""Putting the plan aside: said in the settings, seen by the clinic, kept from reminders, ended by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from recovery.models import Decision, Episode, Pause, Reminder
from recovery.services import panel, pauses, reminders, silence
from recovery.services.refusals import Refused
from recovery.services.verification import differences
from tests import factories

from .conftest import DAY_5, post_check_in, words

UNTIL = DAY_5 + timedelta(days=10)
PAUSE, RESUME = reverse("patient:pause"), reverse("patient:resume")


def put_aside(page, reason="away", until=UNTIL):
    return page.post(PAUSE, {"reason": reason, "resumes_on": until.isoformat()})


@pytest.fixture
def paused(page, episode):
    put_aside(page)
    return Pause.objects.get()


def test_a_pause_is_kept_with_its_reason_and_its_day(page, episode):
    assert put_aside(page).status_code == 303
    row = Pause.objects.get()
    assert (row.reason, row.starts_on, row.resumes_on, row.ended_on) == ("away", DAY_5, UNTIL, None)


def test_today_and_the_settings_say_until_when(page, paused):
    assert "Paused until" in words(page.get(reverse("patient:today")))
    assert "Paused until" in words(page.get(reverse("patient:settings")))


def test_what_is_due_is_withheld_as_paused_and_the_next_one_comes_when_it_goes_on(page, episode):
    due = Reminder.objects.get(episode=episode, state="due")
    put_aside(page)
    due.refresh_from_db()
    assert (due.state, due.reason) == ("withheld", "paused")
    assert Reminder.objects.get(episode=episode, state="due").local_date == UNTIL


def test_a_check_in_during_a_pause_is_judged_and_holds(page, paused):
    post_check_in(page)
    decision = Decision.objects.standing().get(day=DAY_5)
    assert decision.outcome == "hold" and decision.findings.filter(rule="paused").exists()


def test_a_warning_sign_during_a_pause_stops_the_plan(page, paused):
    assert post_check_in(page, worried="yes", red_flags=["RF05"])["Location"] == reverse("patient:stop")


def test_nobody_is_missed_before_the_plan_goes_on(page, paused, episode):
    assert silence.watch(factories.at(UNTIL - timedelta(days=1))) == 0
    assert silence.watch(factories.at(UNTIL + timedelta(days=3))) == 1
    [told] = Decision.objects.filter(episode=episode, day__gt=DAY_5, outcome="no_check_in")
    assert told.notices == ["E9-2d"] and told.day == UNTIL + timedelta(days=1)


def test_it_can_be_taken_up_sooner_and_reminders_come_again(page, paused, episode, clock):
    clock.move_to(factories.at(DAY_5, 8))
    assert page.post(RESUME)["Location"] == reverse("patient:today")
    paused.refresh_from_db()
    assert paused.ended_on == DAY_5
    assert not Episode.objects.get().is_paused_on(DAY_5)
    assert page.post(RESUME).status_code == 303


def test_a_second_pause_takes_the_place_of_the_first(page, paused):
    put_aside(page, "ill", UNTIL + timedelta(days=3))
    assert [(row.reason, row.ended_on) for row in Pause.objects.all()] == [("away", DAY_5), ("ill", None)]
    assert Episode.objects.get().paused_until == UNTIL + timedelta(days=3)


BAD = [
    ({"reason": "away", "resumes_on": DAY_5.isoformat()}, "tomorrow or later"),
    ({"reason": "away", "resumes_on": (DAY_5 + timedelta(days=29)).isoformat()}, "at most 28 days"),
    ({"reason": "away", "resumes_on": "soon"}, "Enter a day"),
    ({"reason": "bored", "resumes_on": UNTIL.isoformat()}, "bored"),
    ({"resumes_on": UNTIL.isoformat()}, "Choose a reason"),
]


@pytest.mark.parametrize(("form", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_a_bad_pause_gets_a_sentence_and_nothing_is_paused(page, episode, form, sentence):
    response = page.post(PAUSE, form)
    assert response.status_code == 400 and sentence in words(response)
    assert not Pause.objects.exists()


def test_a_plan_that_is_off_cannot_be_paused(page, patient, episode):
    post_check_in(page, worried="yes", red_flags=["RF05"])
    with pytest.raises(Refused, match="warning sign"):
        pauses.pause(patient, "away", UNTIL, factories.at(DAY_5))


def test_what_is_stored_is_what_the_rules_say(page, paused, patient, clock):
    post_check_in(page)
    clock.move_to(factories.at(DAY_5 + timedelta(days=2)))
    page.post(RESUME)
    assert list(differences(Episode.objects.get())) == []


def test_the_database_refuses_a_pause_that_ends_before_it_begins(episode):
    with pytest.raises(IntegrityError, match="pause_lasts_a_day_or_more"), transaction.atomic():
        Pause.objects.create(
            episode=episode, reason="away", starts_on=UNTIL, resumes_on=DAY_5, made_at=factories.at(DAY_5)
        )


def test_the_clinic_sees_until_when_and_why(page, paused, patient, episode, sign_in, clock):
    clinic = factories.make_clinic()
    factories.share(patient, clinic)
    clinician = factories.make_clinician(clinic)
    shown = words(sign_in(clinician).get(reverse("clinic:patient", args=[episode.pk])))
    assert "Paused until" in shown and "Away" in shown
    later = factories.at(UNTIL - timedelta(days=1))
    assert [row.reason_code for row in panel.everybody(clinician, later)] == ["paused"]


def test_a_reminder_that_became_due_meanwhile_is_withheld(page, episode, patient):
    put_aside(page)
    Reminder.objects.filter(state="due").update(due_at=factories.at(DAY_5 + timedelta(days=1)))
    Reminder.objects.filter(state="due").update(not_after=factories.at(DAY_5 + timedelta(days=1), 23))
    reminders.remind_due(factories.at(DAY_5 + timedelta(days=1), 20))
    assert set(Reminder.objects.exclude(state="due").values_list("state", "reason")) == {("withheld", "paused")}
