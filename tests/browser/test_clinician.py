"""A clinician takes an escalation and closes it, on a phone and at a desk."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE


@pytest.mark.parametrize(
    ("size", "patient"), [(PHONE, "persistent@demo.test"), (DESK, "redflag@demo.test")], ids=["phone", "desk"]
)
def test_an_escalation_is_taken_and_closed(visit, stage, size, patient):
    [(name,)] = stage.rows("select display_name from accounts_user where email = ?", patient)
    clinician = visit(size).sign_in("clinician@demo.test")
    row = clinician.page.get_by_role("row").filter(has=clinician.page.get_by_role("link", name=name, exact=True))
    clinician.tap(row.first.locator(".act a"))
    clinician.page.wait_for_url("**/escalations/**")
    address = clinician.page.url
    clinician.inspect("escalation-open")
    clinician.press("I have this")
    expect(clinician.page.get_by_role("button", name="I have this")).to_have_count(0)
    assert "Taken by Sanne Visser" in clinician.page.inner_text("main")
    clinician.inspect("escalation-taken")
    clinician.tap(clinician.page.locator("label.choice").filter(has_text="Reviewed").first)
    clinician.page.locator("form[action$='/resolve/'] textarea").fill("Called, going to be seen on Thursday.")
    clinician.press("Save and close")
    expect(clinician.page.get_by_role("button", name="Save and close")).to_have_count(0)
    clinician.go(address)
    expect(clinician.page.get_by_text("Called, going to be seen on Thursday.")).to_be_visible()
    clinician.inspect("escalation-closed")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_task_is_noted_for_today_and_ticked_off(visit, size):
    clinician = visit(size).sign_in("priya@demo.test")
    clinician.go("/clinic/today/")
    clinician.inspect("today-before")
    clinician.tap(clinician.page.get_by_role("link", name="Later").first)
    said = f"Call about the shoes, {size['width']}"
    clinician.page.get_by_label("What do you want to do?").fill(said)
    clinician.inspect("follow-up")
    clinician.press("Note it")
    tick = clinician.page.locator("form[action$='/done/'] button").filter(has_text=said)
    clinician.tap(tick)
    done = clinician.page.locator("section").filter(has=clinician.page.get_by_role("heading", name="Done today"))
    expect(done.get_by_text(said).first).to_be_visible()
    expect(tick).to_have_count(0)
    clinician.inspect("today-after")
