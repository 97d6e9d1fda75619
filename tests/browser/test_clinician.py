"""The clinician's day, on a phone and at a desk: the morning round, taking and closing, and what patients change."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.browser.stage import PASSWORD
from tests.browser.visitor import DESK, PHONE

both = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
SANNE, TOMAS = "clinician@demo.test", "tomas@demo.test"
NEED_SOMEBODY = [
    ("Joost Bakker", "Warning sign", "New and worsening symptoms in one leg"),
    ("Ngozi Adeyemi", "Nobody took it in time", "Pain past four weeks"),
    ("Chloé Lambert", "Gone quiet", "No check-in for 9 days"),
]
FIRST_THREE = """() => [...document.querySelectorAll('#people tbody tr:not(.group)')].slice(0, 3).map(row => [
  row.querySelector('th').textContent, row.closest('tbody').querySelector('.group th').childNodes[1].textContent,
  row.querySelector('.why').firstChild.textContent].map(words => words.trim()))"""
REASON = "Your hip needs two quiet days. Keep to the stretches."
TAKE = """document.querySelector('form[action$="/acknowledge/"]').requestSubmit()"""
DAYS_ON = """
from datetime import timedelta
from django.utils import timezone
from recovery.services import climbing
climbing.climb_due(timezone.now() + timedelta(days={days}))
"""
LET_IN = f"""
from accounts.models import User
tomas = User.objects.get(email="{TOMAS}")
tomas.set_password("{PASSWORD}")
tomas.save()
"""


@pytest.fixture(scope="module")
def stage(own_stage):
    """The demo as it began: other journeys check in as Chloé."""
    return own_stage


def most_urgent(stage, email: str) -> UUID:
    """This patient's open escalation that somebody at the clinic has to take."""
    question = """select x.id from recovery_escalation x join recovery_episode e on e.id = x.episode_id
      join accounts_user u on u.id = e.patient_id where u.email = ? and x.status = 'open' and x.urgency <> 'AD'"""
    [(found,)] = stage.rows(question, email)
    return UUID(found)


def told(stage, escalation: UUID) -> int:
    """How many messages were written about it."""
    [(count,)] = stage.rows("select count(*) from recovery_outboxmessage where key like ?", f"esc:{escalation}:%")
    return count


def episode_of(stage, email: str) -> UUID:
    """The episode on this patient's page."""
    question = "select e.id from recovery_episode e join accounts_user u on u.id = e.patient_id where u.email = ?"
    [(found,)] = stage.rows(question, email)
    return UUID(found)


@both
def test_the_first_three_of_the_morning_are_those_who_need_somebody_and_each_says_why(visit, size):
    clinician = visit(size).sign_in(SANNE)
    assert [tuple(row) for row in clinician.page.evaluate(FIRST_THREE)] == NEED_SOMEBODY
    expect(clinician.page.get_by_role("heading", level=1)).to_contain_text("people need you")
    clinician.inspect("morning-panel")
    for name, _, _ in NEED_SOMEBODY:
        clinician.follow(name)
        expect(clinician.page.get_by_role("heading", level=1)).to_have_text(name)
        if name == "Joost Bakker":
            clinician.inspect("morning-patient")
        clinician.go("/clinic/")


@pytest.mark.parametrize(
    ("size", "patient", "nobody_s", "days"),
    [(PHONE, "persistent@demo.test", "redflag@demo.test", 1), (DESK, "redflag@demo.test", "silent@demo.test", 3)],
    ids=["phone", "desk"],
)
def test_an_escalation_that_is_taken_climbs_no_more_and_is_closed(visit, stage, size, patient, nobody_s, days):
    [(name,)] = stage.rows("select display_name from accounts_user where email = ?", patient)
    taken, left = most_urgent(stage, patient), most_urgent(stage, nobody_s)
    clinician = visit(size).sign_in(SANNE)
    row = clinician.page.get_by_role("row").filter(has=clinician.page.get_by_role("link", name=name, exact=True))
    clinician.tap(row.first.locator(".act a"))
    clinician.page.wait_for_url("**/escalations/**")
    address = clinician.page.url
    assert address.endswith(f"/{taken}/")
    expect(clinician.page.get_by_role("heading", name="If nobody takes it")).to_be_visible()
    clinician.inspect("escalation-open")
    clinician.press("I have this")
    expect(clinician.page.get_by_role("button", name="I have this")).to_have_count(0)
    assert "Taken by Sanne Visser" in clinician.page.inner_text("main")
    expect(clinician.page.get_by_role("heading", name="If nobody closes it")).to_be_visible()
    before = told(stage, taken), told(stage, left)
    stage.manage("shell", "-v0", "-c", DAYS_ON.format(days=days))
    assert told(stage, taken) == before[0] and told(stage, left) > before[1]
    clinician.inspect("escalation-taken")
    clinician.tap(clinician.page.locator("label.choice").filter(has_text="Reviewed").first)
    clinician.page.locator("form[action$='/resolve/'] textarea").fill("Called, going to be seen on Thursday.")
    clinician.press("Save and close")
    expect(clinician.page.get_by_role("button", name="Save and close")).to_have_count(0)
    clinician.go(address)
    expect(clinician.page.get_by_text("Called, going to be seen on Thursday.")).to_be_visible()
    clinician.inspect("escalation-closed")


def test_of_two_who_take_it_at_once_one_has_it_and_the_other_is_told_who(visit, stage):
    stage.manage("shell", "-v0", "-c", LET_IN)
    hands = {"Sanne Visser": visit(PHONE).sign_in(SANNE), "Tomás Ferreira": visit(DESK).sign_in(TOMAS)}
    for clinician in hands.values():
        clinician.complains_of_refusals = False  # the second answer is 409
        clinician.go(f"/clinic/escalations/{most_urgent(stage, 'silent@demo.test')}/")
    for clinician in hands.values():
        clinician.page.evaluate(TAKE)
    for clinician in hands.values():
        expect(clinician.page.get_by_role("button", name="I have this", exact=True)).to_have_count(0)
    late = {name for name, one in hands.items() if one.page.get_by_role("alert").count()}
    assert len(late) == 1
    [loser], [winner] = late, set(hands) - late
    assert f"{winner} has already taken this." in hands[loser].page.get_by_role("alert").inner_text()
    for name, clinician in hands.items():
        expect(clinician.page.get_by_text(f"Taken by {winner}").first).to_be_visible()
        clinician.inspect(f"at-once-{'second' if name == loser else 'first'}")


@pytest.mark.parametrize(
    ("size", "patient"), [(PHONE, "plateau@demo.test"), (DESK, "persistent@demo.test")], ids=["phone", "desk"]
)
def test_a_clinician_s_change_shows_to_the_patient_and_lapses_by_itself(visit, stage, size, patient):
    path = f"/clinic/patients/{episode_of(stage, patient)}/"
    clinician = visit(size).sign_in(SANNE)
    clinician.go(path)
    clinician.follow("Change the phase")
    clinician.page.wait_for_url("**/override/")
    clinician.inspect("override")
    clinician.tap(clinician.page.get_by_role("group", name="Phase").locator("label").first)
    now = datetime.now(UTC)
    clinician.page.get_by_label("Until").fill((now.date() + timedelta(days=1)).isoformat())
    clinician.page.locator("textarea[name=reason]").fill(REASON)
    clinician.press("Change the phase")
    expect(clinician.page.get_by_role("button", name="End this change")).to_be_visible()
    clinician.inspect("override-standing")
    runner = visit(size).sign_in(patient)
    runner.go("/today/")
    expect(runner.page.get_by_text(REASON).first).to_be_visible()
    expect(runner.page.get_by_role("heading", name="From Sanne Visser")).to_be_visible()
    runner.inspect("override-today")
    runner.context.set_extra_http_headers({"X-Bench-Now": (now + timedelta(days=2)).isoformat()})
    runner.go("/today/")
    expect(runner.page.get_by_role("heading", level=1)).to_be_visible()
    expect(runner.page.get_by_role("heading", name="From Sanne Visser")).to_have_count(0)
    expect(runner.page.get_by_text(REASON)).to_have_count(0)
    runner.inspect("override-lapsed")


@pytest.mark.parametrize(
    ("size", "patient", "name"),
    [(PHONE, "flare@demo.test", "Aisha Rahman"), (DESK, "quick@demo.test", "Lena Hartmann")],
    ids=["phone", "desk"],
)
def test_who_stops_sharing_is_gone_at_the_clinician_s_next_click(visit, size, patient, name):
    clinician = visit(size).sign_in(SANNE)
    clinician.follow(name)
    expect(clinician.page.get_by_role("heading", level=1)).to_have_text(name)
    runner = visit(size).sign_in(patient)
    runner.go("/settings/")
    runner.follow("Stop sharing")
    runner.page.wait_for_url("**/leave/**")
    runner.inspect("stop-sharing")
    runner.press("Stop sharing")
    expect(runner.page.get_by_text("Harbour Street Physiotherapy").first).to_be_visible()
    clinician.complains_of_refusals = False  # the next answer is 404
    with clinician.page.expect_response(lambda answer: answer.url.endswith("/timeline/")) as answered:
        clinician.follow("Timeline of everything")
    assert answered.value.status == 404
    expect(clinician.page.get_by_role("heading", level=1)).to_have_text("This page is not here.")
    assert name not in clinician.page.inner_text("body")
    clinician.inspect("stopped-sharing")
    clinician.go("/clinic/")
    expect(clinician.page.get_by_role("link", name=name)).to_have_count(0)


@both
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
