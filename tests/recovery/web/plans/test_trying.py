"""A made-up patient in the browser: begun, lived, taken back, kept from everybody else."""

import json

import pytest

from recovery.content.plans import shipped
from recovery.models import CheckIn, Episode, OutboxMessage
from recovery.rules.plan import parse_plan
from recovery.rules.replay import replay

from .conftest import signed_in
from .pages import Fields, address, fields, send

pytestmark = pytest.mark.django_db
WHO = {"act": "begin", "average": "3", "onset_days_ago": "5", "age": "34"}
CALM = {"act": "day", "average": "1", "worst": "2", "morning": "1", "function": "1"}
CALM |= {"session": "none", "medicine": "none", "days": "1"}
NUMBER = "phases-gentle_stretching-advance-0-0-days-value"


def words(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def page():
    return address("try")


@pytest.fixture
def playing(draft, browser, page):
    """Somebody with pain of 3 at the start, in gentle stretching, no day lived."""
    assert browser.post(page, WHO).status_code == 302
    return browser


def live(browser, page, **changes):
    """Sends the coming day as the page has it, with some answers changed."""
    known = fields(browser, page)
    return browser.post(page, {"lived": known["lived"], **CALM, **changes}, follow=True)


def test_a_day_is_lived_and_its_decision_and_reason_are_read(playing, page):
    said = words(live(playing, page))
    assert "Day 1," in said and "Hold" in said and "Gentle stretching" in said
    assert "What would move on" in said and "free of pain" in said
    assert "says the same, on every day so far" in said


def test_what_was_answered_stands_there_for_the_next_day(playing, page):
    live(playing, page, average="4", worst="6", session="done", pain="2")
    known = fields(playing, page)
    assert (known["average"], known["worst"], known["pain"], known["session"]) == (["4"], ["6"], ["2"], ["done"])


def test_several_days_go_at_once_and_one_is_taken_back(playing, page):
    assert fields(playing, page)["lived"] == ["0"]
    live(playing, page, days="7")
    assert fields(playing, page)["lived"] == ["7"]
    live(playing, page, act="undo")
    assert fields(playing, page)["lived"] == ["6"]
    assert "No check-in" in words(live(playing, page, act="skip"))


def test_a_draft_that_holds_longer_is_seen_beside_the_live_version(playing, page):
    send(playing, address("phase", "gentle_stretching"), **{NUMBER: "7"})
    said = words(live(playing, page, session="done", pain="1", days="4"))
    assert "Version 1 says something else" in said
    assert "Move on" in said and "Low-impact activity" in said


def test_a_course_is_lived_through_in_one_go(playing, page):
    said = words(live(playing, page, act="course", course="C1", length="84"))
    assert "Return to running" in said and "84 days" in said and "Pain over 84 days" in said


def test_a_slip_is_said_and_what_was_typed_stays(playing, page):
    refused = playing.post(page, {"lived": "0", **CALM, "average": "5", "worst": "2"})
    assert refused.status_code == 400
    assert "The worst pain cannot be below the average." in words(refused)
    assert Fields(refused.content.decode()).values["average"] == ["5"]
    assert "Say how much it hurt" in words(playing.post(page, {"lived": "0", **CALM, "session": "done"}))
    too_long = playing.post(page, {"lived": "0", "act": "course", "course": "C1", "length": "121"})
    assert too_long.status_code == 400


def test_a_life_that_is_full_says_how_much_room_is_left(playing, page):
    live(playing, page, act="course", course="C5", length="110")
    refused = playing.post(page, {"lived": "110", **CALM, "days": "11"})
    assert refused.status_code == 400 and "There is room for 10 more." in words(refused)


def test_a_second_tap_and_a_page_that_lags_behind_change_nothing(playing, page):
    for _ in range(2):
        playing.post(page, {"lived": "0", **CALM})
    assert fields(playing, page)["lived"] == ["1"]
    playing.post(page, {"lived": "7", "act": "undo"})
    assert fields(playing, page)["lived"] == ["1"]
    assert playing.post(page, {"lived": "1", "act": "sprint"}).status_code == 302


def test_with_scripts_only_the_part_that_changes_is_sent(playing, page):
    part = playing.post(page, {"lived": "0", **CALM}, headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith("<div") and "<main" not in part and "Day 1," in part
    slip = playing.post(page, {"lived": "1", **CALM, "average": "11"}, headers={"hx-request": "true"})
    assert slip.status_code == 200 and "mistake" in slip.content.decode()


def test_it_is_kept_for_this_sign_in_only_and_nothing_real_is_written(playing, page, colleague):
    live(playing, page)
    assert "Who is it?" in words(signed_in(colleague).get(page))
    assert not any(model.objects.exists() for model in (Episode, CheckIn, OutboxMessage))
    live(playing, page, act="anew")
    assert "Who is it?" in words(playing.get(page))


def test_it_is_kept_as_a_case_that_replays_to_the_same(playing, page):
    assert playing.get(address("try_case")).status_code == 302
    live(playing, page, days="5")
    case = json.loads(playing.get(address("try_case")).content)
    assert [day["phase"] for day in replay(case, parse_plan(shipped(case["plan"])))][-1] == "gentle_stretching"
