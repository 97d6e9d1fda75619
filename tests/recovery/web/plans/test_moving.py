"""Publishing says what the people on the plan do, and shows beforehand what a move would mean for each."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from recovery.models import DueMove, Episode, PlanMove, PlanVersion
from recovery.services import plan_moves, plan_specs
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

from .conftest import signed_in, try_on_the_past
from .pages import address, send

pytestmark = pytest.mark.django_db
DAYS = "phases-gentle_stretching-advance-0-0-days-value"
CALM = dict.fromkeys(("average", "worst", "morning", "function"), 1)


@pytest.fixture(autouse=True)
def _versions_read_anew():
    plan_specs._spec_of_published.cache_clear()
    yield
    plan_specs._spec_of_published.cache_clear()


@pytest.fixture
def runner(plan):
    """Somebody who moved on at the last check-in, and would not have with a longer stay."""
    patient = make_user(display_name="Marek Dvořák")
    episode = open_episode(patient, average=2)
    for number in range(4):
        check_in(patient, DAY_1 + timedelta(days=number), session={"status": "done", "pain": 1}, **CALM)
    episode.refresh_from_db()
    return episode


@pytest.fixture
def longer(runner, draft, browser):
    """A draft in which people stay in gentle stretching for six days, tried on the past."""
    assert send(browser, address("phase", "gentle_stretching"), **{DAYS: "6"}).status_code == 302
    try_on_the_past()
    return draft


def words(page) -> str:
    return " ".join(page.content.decode().split())


def test_nobody_is_published_over_without_a_choice(longer, browser):
    page = send(browser, address("publish"))
    assert page.status_code == 400
    assert "Say what the people who are on the plan now should do." in page.content.decode()
    assert not DueMove.objects.exists()


def test_the_page_shows_before_and_after_of_every_last_check_in(longer, browser):
    page = words(browser.get(address("publish")))
    assert "1 of 1 last check-ins would have been decided differently." in page
    assert '<td class="is-hold">1<small>later</small></td>' in page
    everybody = words(browser.get(address("moving")))
    assert "Move on" in everybody and "Hold" in everybody and "Marek" not in everybody


def test_without_a_try_the_page_of_people_says_what_to_do(runner, draft, browser):
    assert "has not been tried" in words(browser.get(address("moving")))


def test_the_people_come_a_page_at_a_time(longer, browser, monkeypatch):
    monkeypatch.setattr("recovery.web.plans.moving.PEOPLE_A_PAGE", 1)
    other = make_user()
    open_episode(other, average=2)
    check_in(other, DAY_1, **CALM)
    try_on_the_past()
    assert "Page 2 of 2" in words(browser.get(address("moving") + "?page=2"))
    assert "Page 1 of 2" in words(browser.get(address("moving") + "?page=x"))


@pytest.mark.parametrize(("choice", "rows"), [("stay", 0), ("next_phase", 1), ("now", 1)])
def test_the_choice_becomes_due_rows(longer, browser, choice, rows):
    assert send(browser, address("publish"), running=choice).status_code == 302
    assert [row.timing for row in DueMove.objects.all()] == [choice] * rows


def test_patient_and_clinic_see_a_move_in_words(runner, longer, browser):
    clinic = make_clinic()
    share(runner.patient, clinic)
    clinician = signed_in(make_clinician(clinic, display_name="Tom Achterberg"))
    send(browser, address("publish"), running="now")
    page = reverse("clinic:patient", args=[runner.pk])
    assert "Moves to version 2 of the plan on the next day" in words(clinician.get(page))
    morning = at(DAY_1 + timedelta(days=4), 8)
    DueMove.objects.update(due_at=morning)
    plan_moves.make_due(morning)
    seen = words(clinician.get(page))
    assert "plan version 1 to 2, Priya Raman" in seen and "version 2, day" in seen
    with time_machine.travel(morning, tick=False):
        today = words(signed_in(runner.patient).get(reverse("patient:today")))
    assert "Since Friday 6 March your plan follows its version 2." in today


def test_a_clinician_moves_one_patient_after_a_look(runner, longer, browser):
    clinic = make_clinic()
    share(runner.patient, clinic)
    clinician = signed_in(make_clinician(clinic))
    send(browser, address("publish"), running="stay")
    assert "Version 2 of the plan is out" in words(clinician.get(reverse("clinic:patient", args=[runner.pk])))
    door = reverse("clinic:plan_move", args=[runner.pk])
    assert "would be" in words(clinician.get(door)) and not DueMove.objects.exists()
    clinician.post(door)
    assert DueMove.objects.count() == 1
    assert clinician.get(door).status_code == 200


def test_an_older_version_comes_back_with_the_same_choice(longer, runner, browser):
    send(browser, address("publish"), running="stay")
    newer = PlanVersion.objects.get(number=2)
    Episode.objects.filter(pk=runner.pk).update(plan_version=newer)
    browser.post(address("bring_back", 1))
    try_on_the_past()
    assert send(browser, address("publish"), running="now").status_code == 302
    assert DueMove.objects.get().version.number == 3 and not PlanMove.objects.exists()
