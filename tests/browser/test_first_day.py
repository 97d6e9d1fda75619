"""A runner's first day on a phone, from the welcome page to the stop screen."""

from playwright.sync_api import expect

from tests.browser.runner import answer_intake, answer_the_rest, begin_check_in, sign_up, start


def test_a_runner_signs_up_checks_in_and_reads_the_decision(visit, smtp_sink):
    runner = visit()
    sign_up(runner, smtp_sink)
    runner.inspect("intake")
    answer_intake(runner)
    runner.page.wait_for_url("**/today/")
    runner.inspect("today-first-day")
    begin_check_in(runner, 4)
    runner.inspect("check-in")
    answer_the_rest(runner, 4)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/decisions/**")
    assert runner.page.locator(".decision h1").is_visible()
    assert runner.page.locator(".criteria li").count()
    runner.inspect("decision-first-day")
    runner.go("/activities/")
    assert runner.page.locator(".rows .row").count() >= 2
    runner.go("/progress/")
    assert runner.page.locator(".road li.here").count() == 1
    assert "1 in 1 day" in runner.page.locator(".stats").inner_text()


def test_missing_answers_are_named_and_linked(visit, smtp_sink):
    runner = visit()
    start(runner, smtp_sink)
    begin_check_in(runner, 4)
    runner.expects_refusal = True
    runner.press("Show me today’s plan")
    expect(runner.page.locator(".mistakes:visible")).to_be_focused()
    assert runner.page.locator(".mistakes:visible a").count() == 5
    runner.inspect("check-in-mistakes")


def test_a_warning_sign_stops_the_plan_at_once(visit, smtp_sink):
    runner = visit()
    start(runner, smtp_sink)
    begin_check_in(runner, 6)
    answer_the_rest(runner, 6)
    runner.answer("Anything new or worrying", "Yes")
    runner.inspect("check-in-warning-signs")
    runner.answer("Which of these?", "around your genitals")
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/stop/")
    assert runner.page.locator(".stop a[href^='tel:']").is_visible()
    runner.inspect("stop")
    for name in ("mistake", "clearance"):
        runner.go("/stop/mistake/" if name == "mistake" else "/clearance/")
        runner.inspect(name)
    runner.go("/today/")
    assert runner.page.get_by_role("link", name="What to do now").first.is_visible()
    runner.inspect("today-stopped")
    runner.go("/activities/")
    assert runner.page.locator(".rows .row").count() == 0
