"""An admin tries a draft on a made-up patient, at a desk and on a tablet, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, TABLET

PLAN = "six-step-walk-run"
TRY = f"/plans/{PLAN}/draft/try/"


def open_draft(visitor):
    """Signed in, with a draft of the second shipped plan."""
    admin = visitor.sign_in("admin@demo.test")
    admin.go("/plans/")
    start = admin.page.locator(f"form[action*={PLAN}] .btn")
    if start.count():
        admin.tap(start)
        admin.page.wait_for_url("**/draft/")
    return admin


@pytest.mark.parametrize("size", [DESK, TABLET], ids=["desk", "tablet"])
def test_a_made_up_patient_is_played_day_by_day(visit, size):
    admin = open_draft(visit(size))
    page = admin.go(TRY)
    admin.inspect("plan-try-who")
    admin.go(TRY)  # the inspection leaves empty styles behind, which a page that changes in place would carry along
    page.get_by_label("Average pain at the start").fill("3")
    admin.press("Begin")
    expect(page.get_by_role("heading", name="The coming day")).to_be_visible()
    page.get_by_label("Average pain", exact=True).fill("2")
    page.locator("input[name=worst] + .slide").fill("3")
    assert page.locator("input[name=worst]").input_value() == "3", "the slider moves the number"
    admin.press("Live it")
    expect(page.get_by_text("Day 1, ")).to_be_visible()
    expect(page.locator("#act-day")).to_be_focused()
    page.get_by_label("Course", exact=True).select_option("C1")
    page.locator("input[name=length]").fill("60")
    admin.press("Live through it")
    expect(page.get_by_role("heading", name="61 days")).to_be_visible()
    admin.press("Undo the last day")
    expect(page.get_by_role("heading", name="60 days")).to_be_visible()
    admin.inspect("plan-try")
    admin.go(TRY)
    admin.press("Somebody else")
    expect(page.get_by_role("heading", name="Who is it?")).to_be_visible()


def test_it_is_played_without_scripts(visit):
    admin = open_draft(visit(DESK, java_script_enabled=False))
    page = admin.go(TRY)
    admin.press("Begin")
    page.get_by_label("Warning sign or caution").select_option(index=1)
    admin.press("Live it")
    expect(page.get_by_text("The plan is off.")).to_be_visible()


def test_a_simulated_cohort_lives_through_the_draft(visit, stage):
    admin = open_draft(visit(DESK))
    page = admin.go(f"/plans/{PLAN}/draft/phases/gentle_stretching/")
    page.locator("input[name$=advance-0-0-days-value]").fill("7")
    admin.tap(page.locator(".save .btn").first)
    page.wait_for_load_state()
    admin.follow("Try it on a simulated cohort")
    page.get_by_label("People").fill("50")
    page.get_by_label("Weeks").fill("12")
    admin.inspect("plan-cohort-ask")
    admin.press("Begin")
    expect(page.get_by_text("people have lived through it")).to_be_visible()
    admin.inspect("plan-cohort-running")
    stage.manage("shell", "-v0", "-c", "from recovery.tasks import back_test; [back_test.apply() for _ in range(40)]")
    expect(page.get_by_text("Median day of reaching it")).to_be_visible()
    admin.inspect("plan-cohort-found")


@pytest.mark.parametrize("size", [DESK, TABLET], ids=["desk", "tablet"])
def test_a_phase_is_put_in_order_and_the_phone_follows(visit, size):
    admin = open_draft(visit(size))
    page = admin.go(f"/plans/{PLAN}/draft/phases/low_impact/")
    handles = page.locator(".handle")
    first = page.locator("tbody[id]").first.get_attribute("id")
    handles.first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#order-said")).to_contain_text("place 2 of")
    third = page.locator("tbody[id]").nth(2).get_attribute("id")
    handles.nth(2).drag_to(page.locator("tbody[id] th").first, target_position={"x": 5, "y": 5})
    assert page.locator("tbody[id]").first.get_attribute("id") == third, "dragged to the top"
    page.get_by_label("What the person reads").fill("Build strength without impact.")
    expect(page.locator("#phone")).to_contain_text("Build strength without impact.")
    admin.inspect("plan-phase")
    admin.tap(page.locator(".save .btn").last)
    page.wait_for_load_state()
    assert [row.get_attribute("id") for row in page.locator("tbody[id]").all()].index(first) == 2
    admin.follow("The week")
    admin.inspect("plan-week")
    admin.go(f"/plans/{PLAN}/draft/phases/return_to_running/preview/")
    expect(page.get_by_text("Run level R1")).to_be_visible()
    admin.inspect("plan-preview")


@pytest.mark.parametrize("size", [DESK, TABLET], ids=["desk", "tablet"])
def test_the_library_is_searched_and_an_exercise_translated(visit, size):
    admin = open_draft(visit(size))
    page = admin.go(f"/plans/{PLAN}/draft/exercises/")
    admin.inspect("plan-library")
    page.get_by_label("Search").fill("dead bug")
    admin.press("Search")
    expect(page.get_by_role("status")).to_contain_text("1 of 49 exercises")
    page.locator("#EX28 h2 a").click()
    page.locator("details", has_text="In Spanish").evaluate("fold => (fold.open = true)")
    page.get_by_label("Name in Spanish").fill("Bicho muerto")
    admin.inspect("plan-exercise")
    admin.tap(page.locator(".save .btn"))
    page.wait_for_url("**/exercises/")
