"""What goes wrong on phones: each is told in a sentence, and what was entered is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.runner import answer_the_rest, begin_check_in, start
from tests.browser.stage import PASSWORD
from tests.browser.test_check_in import kept
from tests.browser.test_offline import wait_until_kept
from tests.browser.test_queue import API, check_in
from tests.browser.visitor import Visitor

DAYS = """select c.day from recovery_checkin c join accounts_user u on c.patient_id = u.id
    where u.email = ? order by c.day desc"""
GARBLE = """async () => {
  const opening = indexedDB.open('backstride');
  const store = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const entries = store.transaction('entries', 'readwrite').objectStore('entries');
  const all = await new Promise(done => { entries.getAll().onsuccess = ({target}) => done(target.result); });
  for (const row of all) entries.put({...row, sealed: new Uint8Array(40).buffer});
  await new Promise(done => { entries.transaction.oncomplete = done; });
  store.close();
}"""
LOST = """select c.id, d.id from recovery_checkin c join recovery_decision d on d.check_in_id = c.id
    join accounts_user u on c.patient_id = u.id where u.email = ?"""
WAITING = "1 waiting to send"


@pytest.fixture
def runner(visit, smtp_sink) -> Visitor:
    """A new runner whose phone has no worker, so that the tests can play the server."""
    runner = visit(service_workers="block")
    runner.address = start(runner, smtp_sink)
    return runner


def days_of(stage, address: str) -> list[date]:
    """The days this runner has told, the newest first."""
    return [date.fromisoformat(day) for (day,) in stage.rows(DAYS, address)]


def block(runner: Visitor) -> None:
    """Nothing reaches the server's door for check-ins."""
    runner.complains_of_refusals = False
    runner.page.route(API, lambda route: route.abort())


def garble(runner: Visitor) -> None:
    """Damages what waits, from an address of ours whose page does nothing by itself."""
    runner.go("/manifest.webmanifest")
    runner.page.evaluate(GARBLE)


def test_a_garbled_entry_is_told_and_kept_until_it_is_thrown_away(runner, stage):
    block(runner)
    check_in(runner)
    runner.page.wait_for_url("**/waiting/")
    garble(runner)
    runner.go("/waiting/")
    expect(runner.page.get_by_text("A check-in was damaged on this phone")).to_be_visible()
    runner.inspect("waiting-garbled")
    runner.page.unroute(API)
    runner.go("/progress/")
    expect(runner.page.get_by_text(WAITING)).to_be_visible()
    runner.go("/waiting/")
    runner.press("Throw it away")
    runner.press("Press once more to delete it from this phone")
    expect(runner.page.locator("h1")).to_have_text("Nothing waits on this phone.")
    assert kept(stage, runner.address) == 0


def test_a_readable_entry_beside_a_garbled_one_is_sent(runner, stage):
    block(runner)
    check_in(runner)
    runner.page.wait_for_url("**/waiting/")
    garble(runner)
    runner.page.unroute(API)
    check_in(runner)
    runner.page.wait_for_url("**/decisions/**")
    assert kept(stage, runner.address) == 1


@pytest.mark.parametrize("days", [1, -1], ids=["a-day-ahead", "a-day-behind"])
def test_a_clock_that_is_a_day_off_fills_the_right_day(runner, stage, days):
    runner.complains_of_refusals = False
    runner.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=days))
    runner.go("/check-in/")
    shown = runner.page.locator("time[data-day]").get_attribute("datetime")
    runner.score("on average", 3)
    answer_the_rest(runner, 3)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/decisions/**")
    assert [str(day) for day in days_of(stage, runner.address)] == [shown]


def test_of_two_tabs_the_second_is_asked_which_answers_are_right(runner, stage):
    runner.complains_of_refusals = False
    runner.go("/check-in/")
    runner.score("on average", 4)
    answer_the_rest(runner, 4)
    first, runner.page = runner.page, runner.open_page()
    check_in(runner, 2)
    runner.page.wait_for_url("**/decisions/**")
    runner.page = first
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/waiting/")
    expect(runner.page.get_by_text("This day already has other answers")).to_be_visible()
    runner.press("Keep the ones sent before")
    runner.page.wait_for_url("**/decisions/**")
    assert kept(stage, runner.address) >= 2


def test_the_back_button_after_sending_leads_to_the_same_check_in(runner, stage):
    begin_check_in(runner, 3)
    answer_the_rest(runner, 3)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/decisions/**")
    runner.page.go_back()
    runner.page.wait_for_url("**/today/")
    runner.go("/check-in/")
    expect(runner.page.get_by_role("heading", name="Correct")).to_be_visible()
    assert kept(stage, runner.address) == 1


def test_an_entry_of_nine_days_ago_says_how_long_it_has_waited_and_counts_for_its_own_day(visit, stage):
    runner = visit(service_workers="block").sign_in("silent@demo.test")
    told = days_of(stage, "silent@demo.test")
    day = next(day for day in (date.today() - timedelta(days=back) for back in range(9, 3, -1)) if day not in told)
    block(runner)
    runner.page.clock.set_fixed_time(datetime(day.year, day.month, day.day, 18, tzinfo=UTC))
    runner.go("/check-in/blank/")
    runner.score("on average", 3)
    answer_the_rest(runner, 3)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/waiting/")
    runner.page.clock.set_fixed_time(datetime.now(UTC))
    runner.go("/waiting/")
    expect(runner.page.get_by_text("It has waited for more than three days.")).to_be_visible()
    runner.page.unroute(API)
    runner.press("Try again now")
    runner.page.wait_for_url(lambda address: "waiting" not in address)
    assert day in days_of(stage, "silent@demo.test")


def test_the_browser_sends_by_itself_with_no_page_open(visit, stage, smtp_sink):
    runner = visit()
    address = start(runner, smtp_sink)
    runner.go("/today/")
    wait_until_kept(runner)
    runner.lose_network()
    runner.go("/check-in/?average=3")
    answer_the_rest(runner, 3)
    runner.press("Show me today’s plan")
    expect(runner.page.locator("h1")).to_have_text("Your check-in is safe.")
    worker = runner.context.service_workers[0]
    runner.page.goto("about:blank")
    runner.find_network()
    worker.evaluate("() => dispatchEvent(new SyncEvent('sync', {tag: 'check-ins', lastChance: false}))")
    for _ in range(100):
        if kept(stage, address):
            break
        runner.page.wait_for_timeout(100)
    assert kept(stage, address) == 1


def test_whoever_signs_out_while_something_waits_is_asked_first(runner):
    block(runner)
    check_in(runner)
    runner.page.wait_for_url("**/waiting/")
    runner.go("/accounts/logout/")
    runner.press("Sign out")
    expect(runner.page.get_by_text("It stays here, locked")).to_be_visible()
    runner.inspect("sign-out-asked")
    runner.press("Sign out all the same")
    runner.page.wait_for_url(lambda address: "logout" not in address)
    runner.go("/accounts/login/")
    expect(runner.page.get_by_text("1 check-in waits on this phone.")).to_be_visible()


def test_after_a_restore_the_phone_offers_again_what_was_lost(visit, stage, smtp_sink):
    runner = visit()
    address = start(runner, smtp_sink)
    runner.go("/today/")
    wait_until_kept(runner)
    check_in(runner)
    runner.page.wait_for_url("**/decisions/**")
    [(entry, decision)] = stage.rows(LOST, address)
    stage.rows("delete from recovery_finding where decision_id = ?", decision)
    stage.rows("delete from recovery_decision where id = ?", decision)
    stage.rows("delete from recovery_checkin where id = ?", entry)
    stage.rows("insert into recovery_heartbeat (name, at) values ('restored', ?)", datetime.now(UTC).isoformat(" "))
    assert kept(stage, address) == 0
    for _ in range(20):
        runner.go("/progress/")
        runner.page.wait_for_timeout(500)
        if kept(stage, address):
            break
    assert kept(stage, address) == 1


def test_backstride_offers_once_to_be_kept_and_never_before_the_check_in(runner):
    offer = "() => dispatchEvent(Object.assign(new Event('beforeinstallprompt'), {prompt() { window.asked = true; }}))"
    hint = runner.page.get_by_role("heading", name="Keep Backstride on your home screen?")
    runner.go("/today/")
    runner.page.evaluate(offer)
    expect(hint).to_have_count(0)
    check_in(runner)
    runner.page.wait_for_url("**/decisions/**")
    runner.go("/today/")
    runner.page.evaluate(offer)
    expect(hint).to_be_visible()
    runner.inspect("install-hint")
    runner.press("No, thank you")
    expect(hint).to_be_hidden()
    runner.go("/today/")
    runner.page.evaluate(offer)
    expect(hint).to_be_hidden()


def test_without_script_the_answers_survive_a_session_that_ended(visit, stage, smtp_sink):
    runner = visit(java_script_enabled=False)
    address = start(runner, smtp_sink)
    begin_check_in(runner, 3)
    answer_the_rest(runner, 3)
    cookies = [each for each in runner.context.cookies() if "session" not in each["name"]]
    runner.context.clear_cookies()
    runner.context.add_cookies(cookies)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/login/**")
    assert "average" not in runner.page.url
    runner.page.get_by_label("Email address").fill(address)
    runner.page.get_by_label("Password").fill(PASSWORD)
    runner.press("Sign in")
    expect(runner.page.get_by_text("You were signed out in the middle.")).to_be_visible()
    assert runner.page.locator("input[name=worst][value='3']").is_checked()
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/decisions/**")
    assert kept(stage, address) == 1


def test_without_script_the_plan_is_paused_and_taken_up(visit, smtp_sink):
    runner = visit(java_script_enabled=False)
    start(runner, smtp_sink)
    runner.go("/settings/")
    runner.answer("Why", "I am away")
    runner.page.get_by_label("The plan goes on, on").fill((date.today() + timedelta(days=5)).isoformat())
    runner.press("Pause")
    expect(runner.page.get_by_text("Paused until").first).to_be_visible()
    runner.go("/today/")
    expect(runner.page.get_by_role("heading", name="Paused until")).to_be_visible()
    runner.press("Go on now")
    expect(runner.page.get_by_text("The plan goes on from today.")).to_be_visible()


def test_a_corrected_day_says_what_it_was_and_what_it_is_now(runner):
    check_in(runner, 6)
    runner.page.wait_for_url("**/decisions/**")
    runner.follow("Correct this check-in")
    runner.score("on average", 2)
    runner.press("Save the correction")
    runner.page.wait_for_url("**/decisions/**")
    expect(runner.page.get_by_role("heading", name="Judged again")).to_be_visible()
    runner.inspect("decision-judged-again")


def test_a_correction_that_waits_says_that_the_day_will_be_judged_again(runner):
    check_in(runner, 6)
    runner.page.wait_for_url("**/decisions/**")
    block(runner)
    runner.follow("Correct this check-in")
    runner.score("on average", 2)
    runner.press("Save the correction")
    runner.page.wait_for_url("**/waiting/")
    expect(runner.page.get_by_text("the day is judged again")).to_be_visible()


def test_the_form_without_a_network_asks_in_turn_and_the_answer_arrives(runner, stage):
    block(runner)
    runner.go("/check-in/blank/")
    turns = runner.page.locator("[data-turns]:visible")
    assert turns.count() == 1
    runner.score("on average", 3)
    answer_the_rest(runner, 3)
    runner.tap(turns.locator("label").last)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/waiting/")
    expect(runner.page.get_by_text("There is no connection.")).to_be_visible()
    runner.page.unroute(API)
    runner.press("Try again now")
    runner.page.wait_for_url("**/decisions/**")
    question = """select c.stiffness, c.sleep, c.confidence, c.mood, c.activity, c.sides from recovery_checkin c
        join accounts_user u on c.patient_id = u.id where u.email = ?"""
    [answers] = stage.rows(question, runner.address)
    assert sum(value not in (None, "") for value in answers) == 1
