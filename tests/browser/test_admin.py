"""An admin changes one number of the plan and publishes it."""

from playwright.sync_api import expect

from tests.browser.visitor import DESK


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
    admin.press("Publish for new starters")
    admin.page.wait_for_url("**/2/")
    admin.inspect("plan-version-2")
    question = (
        "select number from recovery_planversion v join recovery_plan p on p.id = v.plan_id "
        "where status = 'published' and p.key = 'lower-back-running' order by number"
    )
    assert stage.rows(question) == [(1,), (2,)]
