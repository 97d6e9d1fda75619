"""The starting questions: one page, kind refusals, the phase that fits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import Episode, Intake
from tests import factories

from .conftest import DAY_5, INTAKE, post_check_in, words

START = reverse("patient:intake")


def start(page, **changes):
    answers = {**INTAKE, **changes}
    return page.post(START, {key: value for key, value in answers.items() if value != ""})


def test_the_answers_open_a_plan_in_the_phase_that_fits(page, clock):
    response = start(page)
    assert (response.status_code, response["Location"]) == (303, reverse("patient:today"))
    assert Episode.objects.get().phase == "gentle_stretching"
    assert "You start with Gentle stretching" in words(page.get(response["Location"]))


def test_everything_told_is_kept(page, clock):
    start(page, weekly_km="25", longest_run_km="12", recent_changes=["shoes", "hills"], symptoms=["one_side"])
    kept = Intake.objects.get()
    assert (kept.weekly_km, kept.longest_run_km, kept.recent_changes) == (25, 12, ["shoes", "hills"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"red_flags": ""}, "Tick “None of these”"),
        ({"red_flags": ["none", "RF01"]}, "You ticked “None of these” and something else"),
        ({"red_flags": ["RF77"]}, "RF77"),
        ({"history": ""}, "Tick “None of these”"),
        ({"history": ["cancer"]}, "Please see a doctor or physiotherapist before starting"),
        ({"average": "11"}, "11 is not on the scale"),
        ({"worst": "1"}, "The worst cannot be below the average"),
        ({"onset_on": ""}, "Enter the day your back pain began"),
        ({"onset_on": "last week"}, "Enter a day"),
        ({"onset_on": (DAY_5 + timedelta(days=1)).isoformat()}, "cannot be in the future"),
        ({"last_run_on": (DAY_5 + timedelta(days=1)).isoformat()}, "cannot be in the future"),
        ({"age": ""}, "Enter your age"),
        ({"age": "old"}, "whole number"),
        ({"age": "15"}, "aged 16 and over"),
        ({"age": "17"}, "a clinician needs to look after the plan with you"),
        ({"age": "-3"}, "Enter your age"),
        ({"first_episode": ""}, "first spell of back pain"),
        ({"weekly_km": "lots"}, "whole kilometres"),
    ],
)
def test_a_bad_answer_gets_a_sentence_and_opens_nothing(page, clock, change, sentence):
    response = start(page, **change)
    assert response.status_code == 400
    assert sentence in words(response)
    assert not Episode.objects.exists()


def test_a_history_does_not_keep_out_someone_whose_doctor_agrees(page, clock):
    assert start(page, history=["cancer"], professional_agreed="on").status_code == 303


def test_at_17_a_clinician_who_reads_makes_the_difference(page, patient, clock):
    clinic = factories.make_clinic()
    factories.share(patient, clinic)
    assert start(page, age="17").status_code == 400
    factories.make_clinician(clinic)
    assert start(page, age="17").status_code == 303


def test_a_warning_sign_at_the_start_leads_to_the_stop_screen(page, clock):
    response = start(page, red_flags=["RF06"])
    assert response["Location"] == reverse("patient:stop")
    assert "get medical help now" in words(page.get(response["Location"]))


def test_a_stop_from_the_start_cannot_be_taken_back_as_a_slip(page, clock):
    start(page, red_flags=["RF06"])
    assert reverse("patient:mistake") not in words(page.get(reverse("patient:stop")))


def test_somebody_with_a_plan_is_not_asked_again(page, episode):
    assert page.get(START)["Location"] == reverse("patient:today")
    assert start(page)["Location"] == reverse("patient:today")
    assert Intake.objects.count() == 1


def test_after_a_long_break_the_plan_starts_again(page, patient, clock):
    episode = factories.open_episode(patient)
    later = factories.DAY_1 + timedelta(days=20)
    clock.move_to(factories.at(later))
    post_check_in(page, later)
    assert "Before we start again" in words(page.get(START))
    assert start(page, average="6", worst="7")["Location"] == reverse("patient:today")
    episode.refresh_from_db()
    assert (episode.awaiting_intake, episode.phase) == (False, "rest")
