"""The daily check-in: few taps, no typing, sent once, and without any script."""

import pytest

from tests.browser.figures import measured
from tests.browser.runner import answer_the_rest, begin_check_in, start
from tests.browser.visitor import DESK


def kept(stage, address: str) -> int:
    """How many check-ins this runner has."""
    question = """select count(*) from recovery_checkin c join recovery_episode e on c.episode_id = e.id
        join accounts_user u on e.patient_id = u.id where u.email = ?"""
    return stage.rows(question, address)[0][0]


def test_a_usual_day_takes_at_most_eight_taps_and_no_typing(visit):
    runner = visit().sign_in("runner@demo.test")
    runner.inspect("today")
    runner.taps = 0
    begin_check_in(runner, 1)
    answer_the_rest(runner, 1)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/decisions/**")
    measured("U1 taps of a usual check-in, the last button among them", runner.taps, 8)
    runner.inspect("decision")
    runner.go("/today/")
    runner.inspect("today-done")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_double_tap_gives_one_check_in(visit, stage, smtp_sink, script):
    runner = visit(DESK, java_script_enabled=script)
    address = start(runner, smtp_sink)
    begin_check_in(runner, 3)
    answer_the_rest(runner, 3)
    runner.page.get_by_role("button", name="Show me today’s plan").dblclick()
    runner.page.wait_for_url("**/decisions/**")
    assert kept(stage, address) == 1


def test_a_day_can_be_lived_without_script(visit, stage):
    runner = visit(java_script_enabled=False).sign_in("silent@demo.test")
    before = kept(stage, "silent@demo.test")
    begin_check_in(runner, 3)
    answer_the_rest(runner, 3)
    runner.press("Show me today’s plan")
    runner.page.wait_for_url("**/decisions/**")
    assert runner.page.locator(".decision h1").is_visible()
    assert kept(stage, "silent@demo.test") == before + 1
