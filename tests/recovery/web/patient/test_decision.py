"""The decision page: what, why in numbers, what would move me on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.services import episodes
from tests import factories

from .conftest import DAY_5, post_check_in, words

SOME_DAY = factories.DAY_1


def decision_page(page, day=DAY_5):
    return words(page.get(reverse("patient:decision", args=[day])))


def days_of(patient, averages, first=SOME_DAY, **values):
    for number, average in enumerate(averages):
        day = first + timedelta(days=number)
        factories.check_in(
            patient, day, average=average, worst=min(10, average + 1), morning=average, function=average, **values
        )


def test_a_hold_says_which_signs_are_there_and_which_are_not(page, episode):
    post_check_in(page)
    shown = decision_page(page)
    assert "Stay here" in shown
    assert "signs are there" in shown
    assert "not met yet" in shown


def test_a_hold_says_the_soonest_day(page, episode):
    post_check_in(page)
    assert "the soonest is" in decision_page(page)


def test_moving_on_names_both_phases(page, patient, clock):
    factories.open_episode(patient, average=6, worst=7)
    days_of(patient, [6, 5])
    shown = decision_page(page, SOME_DAY + timedelta(days=1))
    assert "You move from rest to <strong>heat and cold</strong>" in shown
    assert "All signs are there" in shown


def test_a_step_back_leads_with_what_went_the_other_way(page, patient, clock):
    factories.open_episode(patient, average=3)
    days_of(patient, [3, 7, 8])
    shown = decision_page(page, SOME_DAY + timedelta(days=2))
    assert "One step back" in shown
    assert "<b>7</b>" in shown
    assert "Sessions your back took well" not in shown.split("What brings you back up")[0]


def test_a_spike_is_an_easy_day_and_no_step_back(page, patient, clock):
    factories.open_episode(patient, average=3)
    days_of(patient, [3, 3, 3, 7])
    shown = decision_page(page, SOME_DAY + timedelta(days=3))
    assert "Pain is 7 today; your last days were around 3" in shown


def test_an_earlier_decision_stays_readable_without_an_outlook(page, episode):
    post_check_in(page)
    shown = decision_page(page, SOME_DAY)
    assert "What would move you on" not in shown


def test_a_clinicians_change_is_quoted_with_their_name(page, episode, patient):
    clinic = factories.make_clinic()
    factories.share(patient, clinic)
    clinician = factories.make_clinician(clinic, display_name="Tom Achterberg")
    reason = "Two flares in a row. Let us wait <until> Monday."
    until = DAY_5 + timedelta(days=5)
    episodes.override(episode.pk, "heat_cold", "", reason, until, clinician, factories.at(DAY_5, 10))
    post_check_in(page)
    shown = decision_page(page)
    assert "Changed by Tom Achterberg" in shown
    assert "Let us wait &lt;until&gt; Monday." in shown


def test_a_notice_of_the_day_stands_on_the_decision_with_what_to_do(page, patient, clock):
    factories.open_episode(patient, average=4, onset_on=SOME_DAY - timedelta(days=30))
    days_of(patient, [4, 4, 4])
    shown = decision_page(page, SOME_DAY + timedelta(days=2))
    assert "A few weeks have passed" in shown
    assert "Book a doctor or physiotherapist" in shown


def test_a_day_without_a_decision_is_not_found(page, episode):
    assert page.get(reverse("patient:decision", args=[DAY_5])).status_code == 404


def test_the_plan_its_version_and_who_approved_it_stand_below(page, episode):
    post_check_in(page)
    shown = decision_page(page)
    assert "version 1" in shown
    assert "to be approved by a clinician" in shown


def test_a_corrected_day_shows_the_new_decision(page, patient, clock):
    factories.open_episode(patient, average=3)
    days_of(patient, [3, 3, 3, 3])
    first = post_check_in(page, average="7", worst="8")
    assert "easy" in words(page.get(first["Location"]))
    key = patient.check_ins.get(day=DAY_5).key
    from .conftest import filled

    corrected = page.post(reverse("patient:correct", args=[DAY_5]), filled(key=str(key)))
    assert "Pain is 7 today" not in words(page.get(corrected["Location"]))


@pytest.mark.parametrize("word", ["safe to run", "all clear", "heals", "cure", "you have a"])
def test_no_decision_promises_or_diagnoses(page, episode, word):
    post_check_in(page)
    assert word not in decision_page(page).lower()
