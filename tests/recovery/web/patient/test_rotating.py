"""The questions that come round now and then: shown when due, never required, kept with the day."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import CheckIn
from recovery.rules.rotation import EVERY_DAYS
from tests import factories

from .conftest import DAY_5, filled, post_check_in, words

RUN = {"run_minutes": "25", "run_km": "4.2", "run_surface": "trail", "run_hills": "no", "run_shoes": "new"}


def shown(response) -> list[str]:
    """The questions that rotate on this page."""
    return [item for item in EVERY_DAYS if f'name="{item}"' in response.text]


def stored() -> CheckIn:
    return CheckIn.objects.standing().get(day=DAY_5)


def test_an_ordinary_day_asks_one_of_them(page, episode):
    assert len(shown(page.get(reverse("patient:check_in")))) == 1


def test_a_day_without_an_answer_to_them_is_whole(page, episode):
    assert post_check_in(page).status_code == 303
    assert (stored().sleep, stored().sides) == (None, "")


def test_an_answer_is_kept_and_not_asked_again_before_it_is_due(page, episode, clock):
    [item] = shown(page.get(reverse("patient:check_in")))
    value = {"stiffness": "10_to_30", "sides": "left"}.get(item, "6")
    post_check_in(page, **{item: value})
    assert str(getattr(stored(), item)) == value
    clock.move_to(factories.at(DAY_5 + timedelta(days=1)))
    assert item not in shown(page.get(reverse("patient:check_in")))


def test_a_correction_shows_what_was_answered(page, episode):
    post_check_in(page, sleep="8")
    assert 'name="sleep" value="8" checked' in words(page.get(reverse("patient:correct", args=[DAY_5])))


@pytest.fixture
def runner(episode):
    """The same patient, returning to running."""
    type(episode).objects.filter(pk=episode.pk).update(phase="return_to_running", run_level="R1")


def test_a_run_is_asked_about_only_where_there_are_runs(page, episode):
    assert "run_minutes" not in page.get(reverse("patient:check_in")).text


def test_a_run_is_told_in_minutes_and_kilometres(page, runner):
    assert "run_minutes" in page.get(reverse("patient:check_in")).text
    post_check_in(page, session_status="done", session_pain="1", medicine="none", **RUN)
    run = stored()
    assert (run.run_minutes, run.run_metres, run.run_surface) == (25, 4200, "trail")
    assert (run.run_hills, run.run_shoes) == (False, "new")
    assert 'name="run_km" value="4.2"' in words(page.get(reverse("patient:correct", args=[DAY_5])))


def test_a_run_typed_before_the_session_was_taken_back_is_left_out(page, runner):
    post_check_in(page, session_status="none", medicine="none", **RUN)
    assert not stored().tells_of_a_run


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"run_minutes": "9999"}, "whole minutes from 1 to 600"), ({"run_km": "far"}, "kilometres from 0.1 to 200")],
)
def test_a_bad_number_gets_a_sentence_and_writes_nothing(page, runner, change, sentence):
    response = post_check_in(page, session_status="done", session_pain="1", medicine="none", **change)
    assert response.status_code == 400
    assert sentence in words(response)
    assert not CheckIn.objects.filter(day=DAY_5).exists()


def test_the_form_kept_on_the_phone_knows_the_turns_of_the_coming_days(page, episode):
    turns = re.findall(r'hidden data-turns="([^"]+)"', page.get(reverse("patient:blank")).text)
    days = sorted(day for days in turns for day in days.split())
    assert len(turns) == len(EVERY_DAYS)
    assert len(set(days)) == len(days) > 10 and days[0] == str(DAY_5)


def test_nothing_more_is_asked_while_a_warning_sign_keeps_the_plan_off(page, episode, clock):
    post_check_in(page, worried="yes", red_flags=["RF19"])
    clock.move_to(factories.at(DAY_5 + timedelta(days=1)))
    assert shown(page.get(reverse("patient:check_in"))) == []
    assert page.post(reverse("patient:check_in"), filled(DAY_5 + timedelta(days=1))).status_code == 303
