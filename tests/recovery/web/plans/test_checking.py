"""What is wrong with a draft, or had better be otherwise, stands beside the editor and on a page of its own."""

import copy

import pytest

from recovery.models import PlanVersion
from recovery.services import plans
from recovery.services.plan_documents import document_of
from recovery.services.plan_linter import remarks
from recovery.services.refusals import Refused
from recovery.web.plans.checks import href_of
from tests.factories import DAY_1, at, shipped_document

from .pages import address, fields

pytestmark = pytest.mark.django_db
STAY = "phases-low_impact-advance-0-0-days-value"


def words(page) -> str:
    return " ".join(page.content.decode().split())


def look(browser, url, **changes):
    """What htmx sends while somebody types."""
    return browser.post(url, {**fields(browser, url), "act": "look", **changes}, headers={"HX-Request": "true"})


def test_the_page_lists_every_remark_with_its_place(draft, browser):
    page = words(browser.get(address("check")))
    assert page.count('class="is-hold"') == len(remarks(document_of(draft))) > 0
    assert "must be changed" not in page and address("phase", "rest") in page


def test_a_fault_is_shown_while_it_is_typed_and_nothing_is_kept(draft, browser):
    before = document_of(draft)
    page = look(
        browser, address("thresholds"), **{"thresholds-d_amber-value": "4", "thresholds-d_red_running-value": "4"}
    )
    assert page.status_code == 200 and "must be changed" in words(page)
    assert address("thresholds") + "#id_thresholds-d_amber-value" in words(page)
    stored = PlanVersion.objects.get(pk=draft.pk)
    assert document_of(stored) == before and stored.revision == draft.revision


def test_a_field_that_cannot_be_read_is_said(draft, browser):
    assert "cannot be read yet" in words(look(browser, address("phase", "low_impact"), **{STAY: "soon"}))


def test_a_look_at_a_fine_page_shows_only_advice(draft, browser):
    page = words(look(browser, address("phase", "low_impact")))
    assert "must be changed" not in page and "What to look at" in page and "<html" not in page


@pytest.mark.parametrize("page", ["phase", "thresholds", "levels"])
def test_a_link_leads_to_a_field_of_the_page(draft, browser, page):
    places = {"phase": "phases.rest.time_box.days", "thresholds": "thresholds.d_red", "levels": "run_levels.R1"}
    href = href_of(draft, document_of(draft), places[page])
    address_of, _hash, field = href.partition("#")
    assert not field or f'id="{field}"' in browser.get(address_of).content.decode()


def test_all_faults_of_the_library_are_listed(draft, admin):
    document = copy.deepcopy(shipped_document())
    document["prescriptions"]["low_impact"].append({"exercise": "EX43", "days": "daily"})
    document["prescriptions"]["rest"] = []
    found = remarks(document)
    assert {each.place for each in found} == {"prescriptions.low_impact", "prescriptions.rest"}
    assert all(each.is_fault for each in found)
    with pytest.raises(Refused):
        plans.edit(draft.pk, document, draft.revision, admin, at(DAY_1))


@pytest.mark.parametrize("broken", [{}, {"phases": 7}, {"exercises": [3]}, {"prescriptions": []}])
def test_a_document_of_another_make_has_faults_and_no_crash(broken):
    found = remarks({**shipped_document(), **broken} if broken else {})
    assert found and all(each.is_fault for each in found)
