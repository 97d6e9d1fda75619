"""Two people in one draft: the second is shown the difference, and loses nothing they typed."""

import pytest

from recovery.services.plan_documents import document_of

from .conftest import signed_in, try_on_the_past
from .pages import Fields, address, fields, send

pytestmark = pytest.mark.django_db
PAGE = address("phase", "heat_cold")
DAYS = "phases-heat_cold-advance-0-0-days-value"
GOAL = "phases-heat_cold-goal"
TITLE = "phases-heat_cold-title"


@pytest.fixture
def seen(draft, browser):
    """What my page showed before my colleague saved."""
    return fields(browser, PAGE)


@pytest.fixture
def other(colleague):
    return signed_in(colleague)


def stored(draft) -> dict:
    draft.refresh_from_db()
    return document_of(draft)


def test_the_second_save_is_refused_and_shows_both_values(draft, browser, other, seen):
    send(other, PAGE, **{DAYS: "3"})
    page = send(browser, PAGE, seen, **{DAYS: "4"})
    words = page.content.decode()
    assert page.status_code == 409 and "Sam Okafor saved this draft" in words
    row = page.context["clash"].rows[0]
    assert (row.theirs, row.mine) == ("3", "4")
    assert stored(draft)["phases"][1]["advance"][0][0]["days"]["value"] == 3


def test_saving_again_keeps_mine_and_their_other_changes(draft, browser, other, seen):
    send(other, PAGE, **{DAYS: "3", TITLE: "Theirs"})
    refused = send(browser, PAGE, seen, **{DAYS: "4", GOAL: "Mine"})
    again = browser.post(PAGE, Fields(refused.content.decode()).values)
    phase = stored(draft)["phases"][1]
    assert again.status_code == 302
    assert (phase["title"], phase["goal"], phase["advance"][0][0]["days"]["value"]) == ("Theirs", "Mine", 4)


def test_changes_that_do_not_touch_are_not_listed(draft, browser, other, seen):
    send(other, PAGE, **{TITLE: "Theirs"})
    page = send(browser, PAGE, seen, **{TITLE: seen[TITLE][0]})
    assert page.status_code == 409 and not page.context["clash"].rows
    assert page.context["form"][TITLE].value() == "Theirs"


def test_a_change_to_an_exercise_that_is_gone_is_named(draft, browser, other, seen):
    send(other, PAGE, act="remove:EX05")
    page = send(browser, PAGE, seen, **{"prescriptions-heat_cold-EX05-dose-sets": "7"})
    gone = page.context["clash"].rows[-1]
    assert page.status_code == 409 and gone.theirs is None and gone.mine == "7"
    assert gone.label == "Warm pack, sets"


def test_a_stale_page_with_a_mistake_is_still_a_conflict(draft, browser, other, seen):
    send(other, PAGE, **{DAYS: "3"})
    page = send(browser, PAGE, seen, **{DAYS: "99"})
    assert page.status_code == 409 and page.context["form"][DAYS].value() == "99"


@pytest.mark.parametrize("nonsense", ["", "[1]", "{", '{"phases-heat_cold-goal": 3}'])
def test_a_broken_memory_of_the_page_breaks_nothing(draft, browser, other, seen, nonsense):
    send(other, PAGE, **{DAYS: "3"})
    assert send(browser, PAGE, seen | {"seen": [nonsense]}, **{GOAL: "Mine"}).status_code == 409


def test_a_save_without_a_readable_revision_is_refused(draft, browser, seen):
    assert send(browser, PAGE, seen, revision=["x"], **{DAYS: "4"}).status_code == 400
    assert stored(draft)["phases"][1]["advance"][0][0]["days"]["value"] == 2


@pytest.mark.parametrize("page", ["publish", "discard"])
def test_a_draft_is_not_ended_on_an_old_view_of_it(draft, browser, other, page):
    before = fields(browser, address(page))
    send(other, PAGE, **{DAYS: "3"})
    refused = send(browser, address(page), before)
    assert refused.status_code == 409 and "Somebody else changed this draft" in refused.content.decode()
    assert stored(draft) and draft.is_draft
    try_on_the_past()
    assert browser.post(address(page), Fields(refused.content.decode()).values).status_code == 302
