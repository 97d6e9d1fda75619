"""Every page: no complaint in the console, no violation of accessibility rules, nothing beyond the screen."""

from uuid import UUID

import pytest

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
    "programs": "/accounts/keys/",
    "flare": "/flare/",
    "staying-well": "/staying-well/?longest=30&planned=40&sides=1&calf_raise_left=20&calf_raise_right=12",
    "learn-search": "/learn/?q=disc",
    "progress": "/progress/?show=all",
    "learn": "/learn/",
    "article": "/learn/hurt-and-harm/",
    "settings": "/settings/",
    "sent": "/settings/sent/",
    "readiness": "/readiness/",
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
}
ADMIN = {
    "plans": "/plans/",
    "plan-version": "/plans/lower-back-running/1/",
    "emergencies": "/emergencies/",
    "staff": "/staff/",
    "staff-people": "/staff/accounts/user/",
    "staff-clinic-new": "/staff/accounts/clinic/add/",
    "staff-memberships": "/staff/accounts/membership/",
    "staff-membership-new": "/staff/accounts/membership/add/",
    "staff-trail": "/staff/accounts/auditevent/",
    "staff-messages": "/staff/recovery/outboxmessage/?state__exact=sent",
}
both = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


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
    question = "select e.id from recovery_episode e join accounts_user u on e.patient_id = u.id where u.email = ?"
    [(episode,)] = stage.rows(question, "flare@demo.test")
    clinician = visit(size).sign_in("clinician@demo.test")
    inspect_all(clinician, CLINICIAN | {"patient": f"/clinic/patients/{UUID(episode)}/"})


@both
def test_pages_of_an_admin(visit, stage, size):
    [(clinic,)] = stage.rows("select id from accounts_clinic limit 1")
    pages = ADMIN | {"staff-clinic": f"/staff/accounts/clinic/{UUID(clinic)}/change/"}
    inspect_all(visit(size).sign_in("admin@demo.test"), pages)
