"""Every page: no complaint in the console, no violation of accessibility rules, nothing beyond the screen."""

from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

EVERYBODY = {
    "welcome": "/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "password-reset": "/accounts/password/reset/",
    "urgent-help": "/urgent-help/",
}
RUNNER = {
    "activities": "/activities/",
    "exercise": "/exercises/EX02/",
    "session": "/activities/session/",
    "warmth": "/activities/session/ex05/",
    "summary": "/progress/summary/",
    "messages": "/messages/",
    "waiting-nothing": "/waiting/",
    "check-in-kept": "/check-in/blank/",
    "your-data": "/your-data/",
    "erase": "/your-data/erase/",
    "signed-in-where": "/accounts/sessions/",
    "programs": "/keys/",
    "flare": "/flare/",
    "staying-well": "/staying-well/?longest=30&planned=40&sides=1&calf_raise_left=20&calf_raise_right=12",
    "learn-search": "/learn/?q=disc",
    "progress": "/progress/?show=all",
    "learn": "/learn/",
    "article": "/learn/hurt-and-harm/",
    "settings": "/settings/",
    "sent": "/settings/sent/",
    "readiness": "/readiness/",
    "who-looked": "/who-looked/",
    "email": "/accounts/email/",
    "password": "/accounts/password/change/",
    "sign-out": "/accounts/logout/",
}
CLINICIAN = {
    "panel": "/clinic/",
    "invitations": "/clinic/invitations/",
    "emergency": "/clinic/emergencies/",
    "today": "/clinic/today/",
    "alerts": "/clinic/alerts/",
    "reach": "/reach/",
    "reach-sent": "/reach/sent/",
    "waiting-messages": "/clinic/messages/",
    "team": "/clinic/team/",
    "hours": "/clinic/hours/",
}
PATIENT = {
    "patient": "",
    "patient-year": "?days=365",
    "timeline": "timeline/",
    "timeline-narrowed": "timeline/?kind=decision",
    "thread": "messages/",
    "notes": "notes/",
    "ledger": "sent/",
    "limits": "limits/",
    "override": "override/",
    "follow-up-new": "follow-up/",
    "patient-pause": "pause/",
    "patient-refer": "refer/",
    "patient-end": "end/",
}
ADMIN = {
    "plans": "/plans/",
    "plan-version": "/plans/lower-back-running/1/",
    "plan-file": "/plans/lower-back-running/file/",
    "emergencies": "/emergencies/",
    "sending": "/sending/",
    "staff": "/staff/",
    "staff-people": "/staff/accounts/user/",
    "staff-clinic-new": "/staff/accounts/clinic/add/",
    "staff-memberships": "/staff/accounts/membership/",
    "staff-membership-new": "/staff/accounts/membership/add/",
    "staff-trail": "/staff/accounts/auditevent/",
    "staff-messages": "/staff/recovery/outboxmessage/?state__exact=sent",
}
DRAFT = {
    "plan-checked": "check/",
    "plan-levels": "levels/",
    "plan-exercise-new": "exercises/new/",
    "plan-publish-nothing": "publish/",
    "plan-publish-nobody": "publish/people/",
    "plan-review": "review/",
    "plan-discard": "discard/",
}
EPISODE = "select e.id from recovery_episode e join accounts_user u on e.patient_id = u.id where u.email = ?"
both = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def episode_of(stage, email: str) -> UUID:
    """Their episode."""
    [(episode,)] = stage.rows(EPISODE, email)
    return UUID(episode)


def inspect_all(visitor, pages: dict[str, str]) -> None:
    """Looks at one page after the other and tells of all that are not as they should be."""
    wrong = []
    for name, path in pages.items():
        visitor.go(path)
        try:
            visitor.inspect(name)
        except AssertionError as problem:
            wrong.append(str(problem))
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("email", ["runner@demo.test", "clinician@demo.test", "admin@demo.test"])
def test_every_tab_leads_somewhere(visit, email):
    visitor = visit().sign_in(email)
    links = visitor.page.locator(".tabs a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links
    for link in links:
        visitor.go(link)


@both
def test_pages_for_everybody(visit, size):
    inspect_all(visit(size), EVERYBODY)


@both
def test_pages_of_a_runner(visit, size):
    inspect_all(visit(size).sign_in("quick@demo.test"), RUNNER)


@both
def test_pages_of_a_clinician(visit, stage, size):
    inspect_all(visit(size).sign_in("clinician@demo.test"), CLINICIAN)


@both
def test_pages_of_one_patient_at_a_clinic(visit, stage, size):
    record = f"/clinic/patients/{episode_of(stage, 'flare@demo.test')}/"
    stopped = f"/clinic/patients/{episode_of(stage, 'redflag@demo.test')}/"
    pages = {name: record + rest for name, rest in PATIENT.items()}
    pages |= {"patient-stopped": stopped, "patient-clearance": f"{stopped}clearance/"}
    inspect_all(visit(size).sign_in("clinician@demo.test"), pages)


@both
def test_a_record_opened_in_an_emergency_and_its_review(visit, size):
    clinician = visit(size).sign_in("priya@demo.test")
    clinician.go("/clinic/emergencies/")
    clinician.expects_refusal = True
    clinician.press("Open for one hour")
    clinician.inspect("emergency-refused")
    clinician.expects_refusal = False
    clinician.page.get_by_label("The patient’s email address").fill("flare@demo.test")
    clinician.page.get_by_label("Why now").select_option(index=1)
    clinician.page.get_by_label("What happened").fill("Brought in from the track, cannot stand and cannot say why.")
    clinician.press("Open for one hour")
    clinician.page.wait_for_url(lambda address: not address.endswith("/emergencies/"))
    clinician.inspect("emergency-record")
    clinician.go("/clinic/emergencies/")
    clinician.inspect("emergency-standing")
    admin = visit(size).sign_in("admin@demo.test")
    admin.go("/emergencies/")
    admin.inspect("emergencies-waiting")
    admin.follow("Priya Nair")
    admin.page.wait_for_url("**/emergencies/*-*/")
    admin.inspect("emergency-review")
    admin.page.get_by_label("What you found").select_option(index=1)
    admin.page.get_by_label("Note").fill("Called the clinic: the account fits.")
    admin.press("Record")
    expect(admin.page.get_by_text("Recorded. It stays as it is.")).to_be_visible()
    admin.inspect("emergencies-reviewed")


@both
def test_what_a_clinician_writes_about_a_patient_stands_on_its_page(visit, stage, size):
    record = f"/clinic/patients/{episode_of(stage, 'plateau@demo.test')}/"
    clinician = visit(size).sign_in("clinician@demo.test")
    clinician.go(f"{record}notes/")
    clinician.page.locator("textarea[name=text]").first.fill("Asked about the stairs at work.\nWalks again.")
    clinician.press("Keep the note")
    expect(clinician.page.get_by_text("Asked about the stairs at work.").first).to_be_visible()
    clinician.inspect("notes-written")
    clinician.go(f"{record}refer/")
    clinician.page.locator("[name=to_whom]").fill("The spine clinic")
    clinician.page.locator("[name=why]").fill("Three weeks at the same pain, and a second opinion was asked for.")
    clinician.page.locator("[name=text]").fill("I have asked the spine clinic to see you. Bring the letter.")
    clinician.press("Record it")
    expect(clinician.page.get_by_role("heading", name="Letters")).to_be_visible()
    clinician.inspect("patient-refer-letter")
    clinician.go(f"{record}timeline/")
    clinician.inspect("timeline-after")


@both
def test_pages_of_an_admin(visit, stage, size):
    [(clinic,)] = stage.rows("select id from accounts_clinic limit 1")
    pages = ADMIN | {"staff-clinic": f"/staff/accounts/clinic/{UUID(clinic)}/change/"}
    inspect_all(visit(size).sign_in("admin@demo.test"), pages)


@both
def test_pages_of_a_draft(visit, size):
    admin = visit(size).sign_in("admin@demo.test")
    admin.go("/plans/")
    start = admin.page.locator("form[action*=six-step-walk-run] .btn")
    if start.count():
        admin.tap(start)
        admin.page.wait_for_url("**/draft/")
    inspect_all(admin, {name: f"/plans/six-step-walk-run/draft/{rest}" for name, rest in DRAFT.items()})
