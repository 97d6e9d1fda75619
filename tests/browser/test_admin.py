"""An admin changes one number of the plan and publishes it."""

from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE


@pytest.fixture(scope="module")
def stage(own_stage):
    """The demo as it began: whoever has checked in today moves tomorrow only."""
    return own_stage


def test_a_number_is_edited_in_a_draft_and_published(visit, stage):
    admin = visit(DESK).sign_in("admin@demo.test")
    admin.inspect("plans")
    admin.tap(admin.page.locator("form[action*=lower-back-running] .btn"))
    admin.page.wait_for_url("**/draft/")
    admin.inspect("plan-draft")
    admin.follow("Plan-wide numbers")
    admin.page.wait_for_url("**/numbers/")
    admin.inspect("plan-numbers")
    number = admin.page.locator("main input[type=number]:not([readonly])").first
    low, high = int(number.get_attribute("min")), int(number.get_attribute("max"))
    given = number.input_value()
    number.fill(str(high if int(given) == low else low))
    admin.tap(admin.page.locator(".save .btn"))
    expect(admin.page.get_by_text(f"Was {given}")).to_be_visible()
    admin.page.goto(admin.page.url.replace("numbers", "back-test"))
    admin.inspect("plan-back-test-ask")
    admin.press("Begin")
    admin.page.wait_for_url("**/back-tests/**")
    expect(admin.page.get_by_text("episodes done")).to_be_visible()
    admin.inspect("plan-back-test-running")
    stage.manage("back_test")
    expect(admin.page.get_by_text("stored episodes would have gone differently")).to_be_visible()
    admin.inspect("plan-back-test-found")
    admin.follow("Review and publish")
    admin.page.wait_for_url("**/publish/")
    admin.inspect("plan-publish")
    reason = admin.page.locator("textarea[name=reason]")
    if reason.count():
        reason.fill("The number was moved within its allowed range, and the lead has looked at each.")
    admin.follow("Look at all")
    admin.page.wait_for_url("**/publish/people/")
    admin.inspect("plan-publish-people")
    admin.page.go_back()
    if reason.count():
        reason.fill("The number was moved within its allowed range, and the lead has looked at each.")
    admin.expects_refusal = True
    admin.press("Publish")
    expect(admin.page.get_by_text("Say what the people who are on the plan now should do.").first).to_be_visible()
    admin.inspect("plan-publish-choice-missing")
    admin.expects_refusal = False
    admin.page.get_by_text("Move now").click()
    admin.press("Publish")
    admin.page.wait_for_url("**/2/")
    admin.inspect("plan-version-2")
    question = (
        "select number from recovery_planversion v join recovery_plan p on p.id = v.plan_id "
        "where status = 'published' and p.key = 'lower-back-running' order by number"
    )
    assert stage.rows(question) == [(1,), (2,)]
    stage.manage("deliver", "--once")
    moved = stage.rows("select count(*) from recovery_planmove")[0][0]
    wait = stage.rows("select count(*) from recovery_duemove where state = 'due'")[0][0]
    assert moved and moved + wait == stage.rows("select count(*) from recovery_duemove")[0][0]


def test_a_move_is_seen_by_patient_and_clinician(visit, stage):
    """Follows the publishing above."""
    runner = visit(PHONE).sign_in("runner@demo.test")
    expect(runner.page.get_by_text("your plan follows its version 2")).to_be_visible()
    runner.inspect("today-moved")
    clinician = visit(DESK).sign_in("clinician@demo.test")
    question = (
        "select e.id from recovery_episode e join accounts_user u on u.id = e.patient_id "
        "where u.email = 'runner@demo.test' and e.closed_at is null"
    )
    [(episode,)] = stage.rows(question)
    clinician.go(f"/clinic/patients/{UUID(episode)}/")
    expect(clinician.page.get_by_text("plan version 1 to 2")).to_be_visible()
    clinician.inspect("patient-moved")
