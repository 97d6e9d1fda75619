"""Publishing makes the next version for new starters; everybody else stays where they are."""

import copy

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from recovery.models import BackTest, Episode, Phase, PlanVersion, Threshold
from recovery.services import episodes, plans
from recovery.services.plan_documents import document_of
from tests.factories import DAY_1, answers, at, make_clinic, make_user, shipped_document

from .conftest import signed_in, try_on_the_past
from .pages import address, fields, send

pytestmark = pytest.mark.django_db
DAYS = "phases-low_impact-advance-0-0-days-value"


@pytest.fixture
def runner(plan):
    """Somebody on version 1."""
    return episodes.open_episode(make_user(), answers(), at(DAY_1, 6))


@pytest.fixture
def changed(draft, browser):
    """A draft with one change, tried on the past."""
    send(browser, address("phase", "low_impact"), **{DAYS: "5"})
    try_on_the_past()
    return draft


def test_the_page_says_what_changes_and_who_stays(runner, changed, browser):
    words = " ".join(browser.get(address("publish")).content.decode().split())
    assert "1 change" in words and "1 person is on version 1" in words
    assert "Low-impact activity and strength</strong>: minimum days" in words


def test_publishing_makes_version_2_and_leaves_runners_on_1(runner, changed, browser):
    before = document_of(PlanVersion.objects.get(number=1))
    page = send(browser, address("publish"), running="stay")
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
    try_on_the_past()
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


def test_a_change_after_the_back_test_has_to_be_tried_again(changed, browser):
    send(browser, address("phase", "low_impact"), **{DAYS: "6"})
    page = send(browser, address("publish"))
    assert page.status_code == 409 and "has not been tried" in page.content.decode()
    assert PlanVersion.objects.drafts().exists()


def test_a_draft_that_loses_an_escalation_needs_a_written_reason(runner, changed, browser):
    tried = BackTest.objects.get()
    summary = tried.summary | {"escalations": {"E2": dict.fromkeys(("live", "lost"), 2)}}
    BackTest.objects.filter(pk=tried.pk).update(summary=summary)
    page = send(browser, address("publish"), running="stay")
    assert page.status_code == 400 and "2 escalations of the past would be missing" in page.content.decode()
    assert send(browser, address("publish"), running="stay", reason="Told earlier by E1.").status_code == 302
    assert "Told earlier by E1." in browser.get(address("version", 2)).content.decode()


def test_episodes_that_could_not_be_replayed_keep_a_draft_from_being_published(changed, browser):
    tried = BackTest.objects.get()
    BackTest.objects.filter(pk=tried.pk).update(summary=tried.summary | {"faults": 1})
    assert send(browser, address("publish")).status_code == 409


def test_where_a_clinic_asks_for_it_somebody_else_approves(changed, browser, colleague):
    make_clinic(plans_need_approval=True)
    own = send(browser, address("review"), act="approve", role="lead")
    assert own.status_code == 302 and send(browser, address("publish")).status_code == 400
    assert send(signed_in(colleague), address("review"), act="approve", role="physiotherapist").status_code == 302
    assert send(browser, address("publish")).status_code == 302
    note = PlanVersion.objects.get(number=2).approval_note
    assert "Sam Okafor, physiotherapist, " in note


def test_an_approval_names_a_role(changed, browser, colleague):
    assert send(signed_in(colleague), address("review"), act="approve", role="").status_code == 400


def test_a_change_takes_a_draft_out_of_review_and_ends_its_approvals(changed, browser, colleague):
    send(browser, address("review"), act="ask")
    send(signed_in(colleague), address("review"), act="approve", role="physiotherapist")
    page = browser.get(address("review")).content.decode()
    assert "In review since" in page and "Approved by Sam Okafor" in page
    send(browser, address("phase", "low_impact"), **{DAYS: "6"})
    page = browser.get(address("review")).content.decode()
    assert "In review since" not in page and "Approved by Sam Okafor" not in page


def test_an_older_version_comes_back_as_the_next_one(changed, browser):
    first = document_of(PlanVersion.objects.get(number=1))
    send(browser, address("publish"))
    assert browser.post(address("bring_back", 1)).url == address("draft")
    assert browser.post(address("bring_back", 1)).url == address("version", 1)
    try_on_the_past()
    send(browser, address("publish"))
    third = document_of(PlanVersion.objects.get(number=3))
    assert {**third, "approval": None} == {**first, "approval": None}


def test_a_version_nobody_is_on_is_retired_and_the_live_one_is_not(changed, browser):
    send(browser, address("publish"))
    browser.post(address("retire", 2))
    browser.post(address("retire", 1))
    assert list(PlanVersion.objects.order_by("number").values_list("status", flat=True)) == ["retired", "published"]
    assert "Retired" in browser.get(address("version", 1)).content.decode()


def test_a_version_people_are_on_stays(runner, changed, browser):
    send(browser, address("publish"), running="stay")
    browser.post(address("retire", 1))
    assert PlanVersion.objects.get(number=1).status == "published"


def test_two_versions_are_compared_in_words(changed, browser):
    send(browser, address("publish"))
    assert "1 change from version 2" in browser.get(address("version", 1) + "?from=2").content.decode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda version: PlanVersion.objects.filter(pk=version.pk).update(approval_note="Mine"),
        lambda version: PlanVersion.objects.filter(pk=version.pk).update(number=7),
        lambda version: PlanVersion.objects.filter(pk=version.pk).update(status="draft"),
        lambda version: QuerySet(Phase).filter(version=version).update(goal="Mine"),
        lambda version: QuerySet(Threshold).filter(version=version)._raw_delete("default"),
        lambda version: Threshold.objects.bulk_create(
            [Threshold(version=version, position=99, key="x", value=1, unit="u", source="s", lowest=0, highest=2)]
        ),
    ],
    ids=["note", "number", "status", "edit", "delete", "insert"],
)
def test_the_database_itself_refuses_to_change_a_published_version(plan, spoil):
    before = document_of(plan)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        spoil(plan)
    assert document_of(PlanVersion.objects.get()) == before
