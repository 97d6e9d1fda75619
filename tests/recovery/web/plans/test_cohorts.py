"""A simulated cohort in the browser: begun, watched, cancelled, read."""

import pytest
from django.utils import timezone

from recovery.models import CohortTrial
from recovery.services.cohort_trials import parts

from .pages import address, send

pytestmark = pytest.mark.django_db
SMALL = {"patients": "50", "weeks": "4", "seed": "3"}
DAYS = "phases-gentle_stretching-advance-0-0-days-value"


def words(page) -> str:
    return " ".join(page.content.decode().split())


def test_it_begins_shows_how_far_it_is_and_what_it_came_to(draft, browser):
    send(browser, address("phase", "gentle_stretching"), **{DAYS: "7"})
    page = browser.post(address("ask_cohort"), SMALL)
    running = words(browser.get(page.url))
    assert "0 of 50 people have lived through it" in running and "hx-get" in running
    part = browser.get(page.url, headers={"hx-request": "true"})
    assert part.content.decode().startswith("<section") and "HX-Refresh" not in part
    parts.work(timezone.now)
    assert browser.get(page.url, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    found = words(browser.get(page.url))
    assert "The draft leads some people another way" in found and "Median day of reaching it" in found
    assert "Strong pain that stays" in found and "Slow recovery noticed" in found
    assert "50 people, 4 weeks" in words(browser.get(address("ask_cohort")))


def test_it_is_cancelled(draft, browser):
    page = browser.post(address("ask_cohort"), SMALL)
    trial = CohortTrial.objects.get()
    said = words(browser.post(address("cancel_cohort", trial.pk), follow=True))
    assert "Nothing was changed." in said and page.url.endswith(f"{trial.pk}/")


@pytest.mark.parametrize("wrong", [{"patients": "3000"}, {"weeks": "52"}, {"seed": "0"}, {"patients": "many"}])
def test_a_cohort_out_of_bounds_is_refused_and_none_begins(draft, browser, wrong):
    assert browser.post(address("ask_cohort"), SMALL | wrong).status_code == 400
    assert not CohortTrial.objects.exists()


def test_another_plan_s_cohort_is_not_found_under_this_one(draft, browser):
    browser.post(address("ask_cohort"), SMALL)
    trial = CohortTrial.objects.get()
    assert browser.get(f"/plans/another/cohorts/{trial.pk}/").status_code == 404
