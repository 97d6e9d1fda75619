"""Trying a draft on the past in the browser: begun, watched, cancelled, read."""

import pytest
from django.utils import timezone

from recovery.models import BackTest
from recovery.services.back_tests import shards
from tests.factories import make_clinic, make_clinician, share
from tests.past import write

from .pages import address, send

pytestmark = pytest.mark.django_db
DAYS = "phases-low_impact-advance-0-0-days-value"


@pytest.fixture
def past(draft, browser):
    """Some stored histories, and a draft that keeps people in low impact for longer."""
    send(browser, address("phase", "low_impact"), **{DAYS: "14"})
    clinic = make_clinic()
    make_clinician(clinic)
    for episode in write(10, 6):
        share(episode.patient, clinic)


def words(page) -> str:
    return " ".join(page.content.decode().split())


def test_it_begins_shows_how_far_it_is_and_what_it_came_to(past, browser):
    assert "cannot be published" in words(browser.get(address("ask_back_test")))
    page = send(browser, address("ask_back_test"))
    assert page.status_code == 302
    running = browser.get(page.url)
    assert "0 of 10 episodes done" in words(running) and "hx-get" in words(running)
    shards.work(timezone.now)
    found = words(browser.get(page.url))
    assert "of 10 stored episodes would have gone differently" in found
    assert "Earlier and later" in found and "Harbour Street Physio" in found
    assert "exactly the draft as it is now" in found
    assert "It can be published." in words(browser.get(address("ask_back_test")))


def test_nobody_s_name_stands_on_the_page(past, browser):
    page = send(browser, address("ask_back_test"))
    shards.work(timezone.now)
    assert "Runner" not in words(browser.get(page.url)).partition("<main")[2]


def test_the_part_that_changes_is_fetched_alone_and_the_end_fetches_the_page(past, browser):
    url = send(browser, address("ask_back_test")).url
    part = browser.get(url, headers={"HX-Request": "true"})
    assert "<html" not in words(part) and "episodes done" in words(part)
    shards.work(timezone.now)
    assert browser.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_it_is_cancelled(past, browser):
    asked = send(browser, address("ask_back_test"))
    browser.post(asked.url + "cancel/")
    assert "was cancelled" in words(browser.get(asked.url)) and BackTest.objects.get().state == "cancelled"


def test_a_narrowed_look_does_not_count(past, browser):
    page = send(browser, address("ask_back_test"), phase="rest")
    shards.work(timezone.now)
    assert "does not count for publishing" in words(browser.get(page.url))


def test_a_period_that_ends_before_it_begins_is_refused(past, browser):
    page = send(browser, address("ask_back_test"), since="2026-03-02", until="2026-03-01")
    assert page.status_code == 400 and "on or after the day it begins" in words(page)
