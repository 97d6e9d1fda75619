"""The timers: a session of exercises and a walk-run, with their clocks under the test's hand, and without script."""

import pytest
from playwright.sync_api import expect

PEOPLE = """select u.email from recovery_episode e join accounts_user u on e.patient_id = u.id
    where e.closed_at is null and e.stopped_on is null and not e.awaiting_intake and e.phase = ?
    and u.password not like '!%' order by u.email"""


def sessions_of(stage, email: str) -> list[tuple]:
    """What was kept of this runner's sessions."""
    question = """select s.kind, s.status, s.pain, s.stopped from recovery_sessionlog s join recovery_episode e
        on s.episode_id = e.id join accounts_user u on e.patient_id = u.id where u.email = ? order by s.id"""
    return stage.rows(question, email)


@pytest.fixture
def stretcher(stage):
    """Somebody in the phase of gentle stretching, who has a session every day."""
    return stage.rows(PEOPLE, "gentle_stretching")[0][0]


@pytest.fixture
def on_the_way_to_run(visit, stage):
    """Somebody whose walk-run is open today, on its page, with the clock in the test's hand."""
    for (email,) in stage.rows(PEOPLE, "return_to_running"):
        runner = visit()
        runner.page.clock.install()
        runner.sign_in(email)
        runner.go("/activities/run/")
        if runner.page.locator("[data-toggle]").count():
            return runner, email
    pytest.skip("everybody in the return to running has a day off today")


def test_a_session_is_walked_through_and_told(visit, stage, stretcher):
    runner = visit()
    runner.page.clock.install()
    runner.sign_in(stretcher)
    runner.go("/activities/session/")
    runner.inspect("player")
    for _ in range(200):
        if not runner.page.locator("[data-bar]").is_visible():
            break
        runner.tap(runner.page.locator("[data-toggle]"))
        runner.page.clock.run_for(30 * 60 * 1000)
    runner.inspect("player-told")
    assert runner.page.locator('[name="exercises"]:not(:checked)').count() == 0
    runner.score("at its highest", 2)
    runner.press("Keep this session")
    runner.page.wait_for_url(lambda address: "/session/" not in address)
    assert sessions_of(stage, stretcher)[-1] == ("exercises", "done", 2, 0)


def test_a_walk_run_outlives_a_reload_and_stops_when_it_hurts(on_the_way_to_run, stage):
    runner, email = on_the_way_to_run
    runner.inspect("run")
    runner.tap(runner.page.locator("[data-toggle]"))
    runner.page.clock.run_for(60 * 1000)
    expect(runner.page.locator("[data-clock]")).to_have_text("4:00")
    runner.page.reload()
    runner.page.clock.run_for(60 * 1000)
    expect(runner.page.locator("[data-clock]")).to_have_text("3:00")
    runner.press("My back hurts: stop")
    expect(runner.page.get_by_label("I stopped, or changed how I moved")).to_be_checked()
    runner.score("at its highest", 5)
    runner.press("Keep this run")
    runner.page.wait_for_url(lambda address: "/run/" not in address)
    assert sessions_of(stage, email)[-1] == ("walk_run", "part", 5, 1)


def test_a_screen_that_slept_through_a_part_wakes_in_the_right_one(on_the_way_to_run):
    runner, _email = on_the_way_to_run
    runner.tap(runner.page.locator("[data-toggle]"))
    runner.page.clock.fast_forward(6 * 60 * 1000)
    runner.page.clock.run_for(400)
    expect(runner.page.locator("[data-place]")).to_contain_text("2 of")


def test_a_pocket_presses_but_does_not_unlock(on_the_way_to_run):
    runner, _email = on_the_way_to_run
    runner.tap(runner.page.locator("[data-options] summary"))
    runner.press("Lock for the pocket")
    pocket = runner.page.locator("[data-pocket]")
    runner.press("Hold to unlock")
    expect(pocket).to_be_visible()
    runner.page.locator("[data-unlock]").press("Enter")
    expect(pocket).not_to_be_visible()


def test_without_script_a_session_is_a_list_that_can_be_told(visit, stage, stretcher):
    runner = visit(java_script_enabled=False)
    runner.sign_in(stretcher)
    before = len(sessions_of(stage, stretcher))
    runner.go("/activities/session/")
    assert not runner.page.locator("[data-panel]").is_visible()
    runner.tap(runner.page.locator('label:has([name="exercises"])').first)
    runner.score("at its highest", 1)
    runner.press("Keep this session")
    runner.page.wait_for_url(lambda address: "/session/" not in address)
    assert len(sessions_of(stage, stretcher)) == before + 1
