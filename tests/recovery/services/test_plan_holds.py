"""Hold conditions of a plan: stored, read back, compared and shown as sentences."""

import copy

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from recovery.content.plans import shipped
from recovery.models import Criterion
from recovery.rules.plan import parse_plan
from recovery.services import plans
from recovery.services.plan_differences import differences
from recovery.services.plan_documents import document_of
from recovery.web.plans.changes import changes
from recovery.web.plans.rules_sheet import rule_slots, rules_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    """The walk-run programme."""
    return copy.deepcopy(shipped("six-step-walk-run"))


def test_holds_come_back_as_they_were_stored(document):
    version, _ = plans.load(document, timezone.now())
    assert Criterion.objects.filter(version=version, purpose="hold").count() == 5
    back = document_of(version)
    assert [phase.get("hold") for phase in back["phases"]] == [phase.get("hold") for phase in document["phases"]]
    assert parse_plan(back).phases[4].hold == parse_plan(document).phases[4].hold


def test_a_phase_page_says_each_hold_in_a_sentence(document):
    sheet = rules_of(document, document, "return_to_running", "Plateau")
    assert len(sheet.hold) == 5
    page = " ".join(render_to_string("recovery/plans/rules.html", {"rules": sheet}).split())
    assert "Stay when any of these is true" in page
    for sentence in (
        "Average pain or the morning is 1 or more above the check-in before.",
        "The middle pain of this week is 1 or more above last week’s, and at least 1.",
        "Average pain was 3 or more on one of the last 2 check-ins within 4 days.",
        "In the last 7 days, 1 or more sessions of this phase were too much.",
        "The latest session of this phase, if its result came in the last 4 days, did not settle well.",
    ):
        assert sentence in page
    assert "Stay when" not in render_to_string(
        "recovery/plans/rules.html", {"rules": rules_of(document, document, "rest", "Plateau")}
    )


def test_the_numbers_of_a_hold_can_be_moved(document):
    slots = rule_slots(document, document, "return_to_running", "Plateau")
    assert ("phases", "return_to_running", "hold", 0, "rise", "value") in [slot.path for slot in slots]


def test_a_moved_hold_is_told_in_words(document):
    moved = copy.deepcopy(document)
    moved["phases"][4]["hold"][0]["rise"]["value"] = 2
    assert [found.path for found in differences(document, moved)] == [
        ("phases", "return_to_running", "hold", "hold_more_pain", "rise", "value")
    ]
    (change,) = changes(document, moved)
    assert (str(change.what), str(change.before), str(change.after)) == ("rise since the check-in before", "1", "2")
