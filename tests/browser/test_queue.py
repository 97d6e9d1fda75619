"""A check-in that could not be sent: kept, locked, explained, sent once, and never as somebody else."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.runner import answer_the_rest, begin_check_in, start
from tests.browser.stage import PASSWORD
from tests.browser.test_check_in import kept
from tests.browser.visitor import Visitor

API = "**/api/v1/check-ins/**"
ONE_WAITS = "1 waiting to send"


@pytest.fixture
def runner(visit, smtp_sink) -> Visitor:
    """A new runner with a phone whose worker stays out of the way, so that the tests can play the server."""
    runner = visit(service_workers="block")
    runner.address = start(runner, smtp_sink)
    return runner


def refuse(runner: Visitor, status: int, **problem) -> None:
    """From here on the server answers every check-in with this."""
    runner.complains_of_refusals = False
    body = json.dumps({"detail": "It was not taken.", **problem})
    runner.page.route(API, lambda route: route.fulfill(status=status, content_type="application/json", body=body))


def check_in(runner: Visitor, number: int = 3) -> None:
    """All answers of a usual day, and the button."""
    runner.go("/check-in/")
    runner.score("on average", number)
    answer_the_rest(runner, number)
    runner.press("Show me today’s plan")


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_an_answer_that_is_no_answer_loses_nothing(runner, stage, status):
    refuse(runner, status)
    check_in(runner)
    runner.page.wait_for_url("**/waiting/")
    expect(runner.page.locator("h1")).to_have_text("Your check-in is safe.")
    runner.go("/progress/")
    expect(runner.page.get_by_text(ONE_WAITS)).to_be_visible()
    runner.page.unroute(API)
    runner.go("/today/")
    expect(runner.page.get_by_text(ONE_WAITS)).to_have_count(0)
    assert kept(stage, runner.address) == 1


@pytest.mark.parametrize("status", [413, 422])
def test_what_the_api_refuses_the_form_itself_sends(runner, stage, status):
    refuse(runner, status)
    check_in(runner)
    runner.page.wait_for_url("**/decisions/**")
    assert kept(stage, runner.address) == 1


def test_a_broken_line_keeps_the_entry_through_a_closed_window(runner, stage):
    runner.complains_of_refusals = False
    runner.page.route(API, lambda route: route.abort())
    check_in(runner)
    runner.page.wait_for_url("**/waiting/")
    runner.page.close()
    runner.page = runner.open_page()
    runner.go("/waiting/")
    runner.page.wait_for_url("**/decisions/**")
    assert kept(stage, runner.address) == 1


def test_a_session_that_ended_in_the_middle_keeps_the_answers_for_that_person_alone(runner, stage):
    runner.complains_of_refusals = False
    begin_check_in(runner, 3)
    answer_the_rest(runner, 3)
    runner.context.clear_cookies()
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/login/**")
    expect(runner.page.get_by_text("1 check-in waits on this phone.")).to_be_visible()
    before = kept(stage, "plateau@demo.test")
    runner.sign_in("plateau@demo.test")
    runner.go("/waiting/")
    expect(runner.page.locator("h1")).to_have_text("Nothing waits on this phone.")
    assert kept(stage, "plateau@demo.test") == before
    runner.context.clear_cookies()
    runner.page.goto("/accounts/login/?next=/waiting/")
    runner.page.get_by_label("Email address").fill(runner.address)
    runner.page.get_by_label("Password").fill(PASSWORD)
    runner.press("Sign in")
    runner.page.wait_for_url("**/decisions/**")
    assert kept(stage, runner.address) == 1


@pytest.mark.parametrize(("button", "stands"), [("Use these, from this phone", 5), ("Keep the ones sent before", 3)])
def test_after_a_conflict_the_person_chooses_and_both_are_kept(runner, visit, stage, button, stands):
    runner.complains_of_refusals = False
    runner.go("/check-in/")
    runner.score("on average", 5)
    answer_the_rest(runner, 5)
    other = visit(service_workers="block").sign_in(runner.address)
    check_in(other, 3)
    other.page.wait_for_url("**/decisions/**")
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/waiting/")
    expect(runner.page.get_by_role("button", name=button)).to_be_visible()
    runner.inspect("conflict")
    runner.press(button)
    runner.page.wait_for_url("**/decisions/**")
    question = """select c.average from recovery_checkin c join accounts_user u on c.patient_id = u.id
        where u.email = ? order by c.revision"""
    said = [average for (average,) in stage.rows(question, runner.address)]
    assert set(said) == {3, 5} and said[-1] == stands


def test_a_full_phone_says_so_and_keeps_the_answers_on_the_form(runner):
    runner.go("/check-in/?average=3")
    answer_the_rest(runner, 3)
    runner.page.evaluate("""() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...given) {
        if (this.name === 'entries') throw new DOMException('full', 'QuotaExceededError');
        return put.apply(this, given);
      };
      Object.defineProperty(navigator, 'onLine', {get: () => false});
    }""")
    runner.press("Show me today’s plan")
    expect(runner.page.get_by_text("This phone has no room")).to_be_visible()
    assert runner.page.locator("input[name=worst]:checked").get_attribute("value") == "3"


def test_a_warning_sign_is_judged_on_the_phone(runner):
    runner.complains_of_refusals = False
    runner.page.route(API, lambda route: route.abort())
    runner.go("/check-in/?average=6")
    answer_the_rest(runner, 6)
    runner.answer("Anything new or worrying", "Yes")
    runner.answer("Which of these?", "around your genitals")
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/waiting/")
    expect(runner.page.get_by_role("heading", name="Stop here.")).to_be_visible()
    expect(runner.page.get_by_role("link", name="Call 112")).to_be_visible()
    expect(runner.page.locator("[data-activities]")).to_be_hidden()
    runner.inspect("waiting-stop")
