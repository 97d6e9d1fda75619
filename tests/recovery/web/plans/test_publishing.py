"""Publishing makes the next version for new starters; everybody else stays where they are."""

import copy

import pytest

from recovery.models import Episode, PlanVersion
from recovery.services import episodes, plans
from recovery.services.plan_documents import document_of
from tests.factories import DAY_1, answers, at, make_user, shipped_document

from .pages import address, fields, send

pytestmark = pytest.mark.django_db
DAYS = "phases-low_impact-advance-0-0-days-value"


@pytest.fixture
def runner(plan):
    """Somebody on version 1."""
    return episodes.open_episode(make_user(), answers(), at(DAY_1, 6))


@pytest.fixture
def changed(draft, browser):
    """A draft with one change."""
    send(browser, address("phase", "low_impact"), **{DAYS: "5"})
    return draft


def test_the_page_says_what_changes_and_who_stays(runner, changed, browser):
    words = " ".join(browser.get(address("publish")).content.decode().split())
    assert "1 change" in words and "1 person stays on version 1" in words
    assert "Low-impact activity and strength</strong>: minimum days" in words


def test_publishing_makes_version_2_and_leaves_runners_on_1(runner, changed, browser):
    before = document_of(PlanVersion.objects.get(number=1))
    page = send(browser, address("publish"))
    assert page.status_code == 302
    newest = PlanVersion.objects.newest("lower-back-running")
    assert newest.number == 2 and newest.published_by.display_name == "Priya Raman"
    assert Episode.objects.get(pk=runner.pk).plan_version.number == 1
    assert document_of(PlanVersion.objects.get(number=1)) == before


def test_somebody_who_starts_later_is_on_the_new_version(changed, browser):
    send(browser, address("publish"))
    assert episodes.open_episode(make_user(), answers(), at(DAY_1, 6)).plan_version.number == 2


def test_without_an_approver_the_version_stays_a_default(changed, browser):
    send(browser, address("publish"))
    assert PlanVersion.objects.get(number=2).approval_note == "Default, to be approved by a clinician"


def test_the_approver_is_kept_with_the_version_and_not_inherited(changed, browser):
    send(browser, address("publish"), approved_by="Ana Ruiz, physiotherapist")
    assert PlanVersion.objects.get(number=2).approval_note == "Approved by Ana Ruiz, physiotherapist"
    browser.post(address("start"))
    send(browser, address("publish"))
    assert PlanVersion.objects.get(number=3).approval_note == "Default, to be approved by a clinician"


def test_an_approver_of_many_pages_is_refused(changed, browser):
    assert send(browser, address("publish"), approved_by="x" * 500).status_code == 400
    assert PlanVersion.objects.drafts().exists()


def test_opening_the_page_publishes_nothing(changed, browser):
    browser.get(address("publish"))
    assert not PlanVersion.objects.filter(number=2).exists()


def test_a_published_version_shows_its_difference_to_the_one_before(changed, browser):
    send(browser, address("publish"))
    words = " ".join(browser.get(address("version", 2)).content.decode().split())
    assert "1 change from version 1" in words and "minimum days" in words
    assert "The first version" in browser.get(address("version", 1)).content.decode()


def test_a_version_shows_no_inputs(changed, browser):
    assert "<input" not in browser.get(address("version", 1)).content.decode().partition("<main")[2]


def test_a_discarded_draft_is_gone_and_the_live_version_stays(changed, browser):
    browser.get(address("discard"))
    assert PlanVersion.objects.drafts().exists()
    assert send(browser, address("discard")).status_code == 302
    assert not PlanVersion.objects.drafts().exists() and PlanVersion.objects.newest("lower-back-running").number == 1


def test_a_draft_published_meanwhile_is_not_published_twice(changed, browser):
    seen = fields(browser, address("publish"))
    send(browser, address("publish"), seen)
    assert send(browser, address("publish"), seen).url == "/plans/"
    assert PlanVersion.objects.published().count() == 2


def test_a_version_published_from_elsewhere_meanwhile_is_pointed_out(changed, browser):
    other = copy.deepcopy(shipped_document())
    other["title"] = "Another edition"
    plans.load(other, at(DAY_1, 9))
    words = " ".join(browser.get(address("publish")).content.decode().split())
    assert "Publish version 3" in words and "What version 2 changed is not in this draft." in words
