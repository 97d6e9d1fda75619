"""Who may open plan authoring: admins; a wrong role finds nothing, a stranger signs in."""

import pytest
from django.test import Client

from recovery.models import PlanVersion
from tests.factories import make_user

from .conftest import signed_in
from .pages import address

pytestmark = pytest.mark.django_db
PAGES = [
    ("draft",),
    ("phase", "low_impact"),
    ("phase", "prevention"),
    ("thresholds",),
    ("levels",),
    ("exercises",),
    ("exercise", "EX28"),
    ("new_exercise",),
    ("publish",),
    ("review",),
    ("ask_back_test",),
    ("try",),
    ("ask_cohort",),
    ("week", "low_impact"),
    ("preview", "low_impact"),
    ("discard",),
    ("version", 1),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: "-".join(map(str, page)))
def test_an_admin_opens_every_page(draft, browser, page):
    assert browser.get(address(*page)).status_code == 200


@pytest.mark.parametrize("role", ["patient", "clinician"])
def test_other_roles_find_nothing(draft, role):
    other = signed_in(make_user(role))
    urls = ["/plans/", *(address(*page) for page in PAGES)]
    assert {other.get(url).status_code for url in urls} == {404}
    assert other.post(address("start")).status_code == 404


def test_a_stranger_is_asked_to_sign_in(draft, client):
    for url in ["/plans/", *(address(*page) for page in PAGES)]:
        assert client.get(url).url.startswith("/accounts/login/")


def test_what_does_not_exist_is_not_found(draft, browser):
    for page in (("phase", "sprinting"), ("exercise", "EX99"), ("version", 7)):
        assert browser.get(address(*page)).status_code == 404
    assert browser.get("/plans/another-plan/draft/").status_code == 404


def test_reading_starts_no_draft(plan, browser):
    assert browser.get(address("start")).status_code == 405
    assert browser.get(address("draft")).url == "/plans/"
    assert not PlanVersion.objects.drafts().exists()


def test_posting_starts_one_draft_for_everybody(plan, browser, colleague):
    browser.post(address("start"))
    signed_in(colleague).post(address("start"))
    assert PlanVersion.objects.drafts().count() == 1


def test_a_sent_form_without_its_token_is_refused(draft, admin):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin)
    assert strict.post(address("discard"), {"revision": draft.revision}).status_code == 403
    assert PlanVersion.objects.drafts().exists()


def test_the_list_says_what_is_live_and_who_drafts(draft, browser):
    words = browser.get("/plans/").content.decode()
    assert "Version 1 is live since" in words and "Default, to be approved by a clinician" in words
    assert "Saved by Priya Raman" in words


def test_without_a_plan_the_list_says_what_to_do(browser):
    assert "load_plan" in browser.get("/plans/").content.decode()
