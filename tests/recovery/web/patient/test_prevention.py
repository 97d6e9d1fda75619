"""Staying well: a weekly rhythm, sums that are kept nowhere, and a way through a flare."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import Episode, Reminder
from recovery.services import reminders
from recovery.web.patient.forms.prevention import weaker_side
from recovery.web.patient.presenters.prevention import CUES, load_of
from tests import factories

from .conftest import DAY_5, words

WELL, FLARE = reverse("patient:prevention"), reverse("patient:flare")


@pytest.fixture
def well(page, episode):
    """The page of a patient on their first day of prevention."""
    state = {**episode.state, "phase": "prevention", "run_level": None}
    changed = {"phase": "prevention", "phase_entered_on": DAY_5, "state": state}
    Episode.objects.filter(pk=episode.pk).update(**changed)
    return lambda **asked: page.get(WELL, asked)


def test_the_page_belongs_to_the_prevention_phase(page, episode):
    assert page.get(WELL).url == reverse("patient:today")


def test_today_leads_to_staying_well_and_to_the_flare(page, well):
    today = words(page.get(reverse("patient:today")))
    assert WELL in today and FLARE in today


def test_each_week_has_its_own_cue_until_all_were_there(well, clock):
    seen = []
    for weeks in range(len(CUES)):
        clock.move_to(factories.at(DAY_5 + timedelta(weeks=weeks)))
        seen.append(well().context["page"].cue)
    assert tuple(seen) == CUES


def test_the_next_check_in_is_a_week_after_the_last(well):
    page = well().context["page"]
    assert (page.is_daily, page.next_check_in) == (False, DAY_5 + timedelta(days=6))


def test_pain_of_three_makes_it_daily_for_a_week(well, episode):
    factories.check_in(episode.patient, DAY_5, average=3)
    page = well().context["page"]
    assert (page.is_daily, page.daily_until) == (True, DAY_5 + timedelta(days=7))


def test_the_cap_is_the_plans_own(well):
    answer = words(well(longest="30", planned="40"))
    assert "No run longer than 110%" in answer and "<strong>33.0</strong>" in answer and "far above it" in answer


@pytest.mark.parametrize(
    ("planned", "verdict"),
    [(None, ""), (11, "within"), (11.1, "above"), (13, "above"), (13.1, "far"), (20, "far"), (20.1, "never")],
)
def test_a_planned_run_is_compared_with_the_longest(planned, verdict):
    assert load_of(10, planned, 1.1).verdict == verdict


@pytest.mark.parametrize(
    "asked", [{"longest": ""}, {"longest": "-1"}, {"longest": "far"}, {"longest": "5", "planned": "x"}]
)
def test_a_number_that_is_none_is_refused_in_a_sentence(well, asked):
    assert "Give a number from 1 to 300" in words(well(**asked))


@pytest.mark.parametrize(("left", "right", "side"), [(20, 17, ""), (20, 16, "right"), (8, 12, "left"), (0, 0, "")])
def test_a_side_is_weaker_when_it_does_more_than_fifteen_percent_less(left, right, side):
    assert weaker_side(left, right) == side


def test_the_weaker_side_gets_one_extra_set_for_four_weeks(well):
    answer = words(well(sides="1", calf_raise_left="20", calf_raise_right="12"))
    assert "One extra set on the right for 4 weeks" in answer


def test_sides_left_empty_are_asked_for(well):
    assert "both sides of at least one test" in words(well(sides="1"))


def test_a_flare_leads_to_the_check_in_and_first_to_the_warning_signs(page, episode):
    answer = words(page.get(FLARE))
    assert answer.index(reverse("patient:urgent_help")) < answer.index(reverse("patient:check_in"))
    factories.check_in(episode.patient, DAY_5)
    assert reverse("patient:correct", args=[DAY_5]) in words(page.get(FLARE))


def test_a_warning_sign_comes_before_any_flare(page, episode):
    factories.check_in(episode.patient, DAY_5, red_flags=("RF12",))
    assert page.get(FLARE).url == page.get(WELL).url.replace("today", "stop") == reverse("patient:stop")


def test_today_asks_once_a_week_and_says_when(page, well):
    today = words(page.get(reverse("patient:today")))
    assert "Nothing to answer today." in today and "How was your back" not in today
    assert "Check in all the same" in today


def test_today_asks_on_the_day_of_the_week(page, well, clock):
    clock.move_to(factories.at(DAY_5 + timedelta(days=6)))
    assert "How was your back" in words(page.get(reverse("patient:today")))


def test_today_asks_every_day_in_a_flare(page, well, episode):
    state = {**Episode.objects.get().state, "daily_until": (DAY_5 + timedelta(days=3)).isoformat()}
    Episode.objects.filter(pk=episode.pk).update(state=state)
    assert "How was your back" in words(page.get(reverse("patient:today")))


def test_the_check_in_says_that_it_comes_before_its_week(page, well):
    assert "Today counts all the same." in words(page.get(reverse("patient:check_in")))


def test_no_reminder_comes_between_two_weekly_check_ins(page, well, episode):
    reminders.remind_due(factories.at(DAY_5, 20))
    reminders.remind_due(factories.at(DAY_5 + timedelta(days=1)))
    assert Reminder.objects.exclude(state="due").latest("pk").reason == "not_this_day"


def test_the_phone_keeps_staying_well_and_the_flare(page, well):
    assert {WELL, FLARE} < set(page.get(reverse("patient:kept")).json()["pages"])
