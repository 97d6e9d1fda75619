"""Two plan documents and what differs between them."""

import copy

import pytest

from recovery.services.plan_differences import differences
from recovery.web.plans.changes import changes
from tests.lives import shipped_document


@pytest.fixture
def document() -> dict:
    return copy.deepcopy(shipped_document())


def differences_after(document, change):
    after = copy.deepcopy(document)
    change(after)
    return differences(document, after)


def test_a_document_does_not_differ_from_itself(document):
    assert differences(document, copy.deepcopy(document)) == []


def test_a_number_of_a_rule_is_named_by_its_condition(document):
    def shorten(after):
        after["phases"][3]["advance"][0][0]["days"]["value"] = 5

    [found] = differences_after(document, shorten)
    assert found.path == ("phases", "low_impact", "advance", "0", "minimum_days", "days", "value")
    assert (found.kind, found.before, found.after) == ("changed", 7, 5)


def test_steps_back_of_one_kind_are_told_apart_by_where_they_lead(document):
    def soften(after):
        after["phases"][4]["step_back"][1]["average"]["value"] = 5

    [found] = differences_after(document, soften)
    assert found.path[:4] == ("phases", "return_to_running", "step_back", "step_back_pain low_impact")


def test_a_range_of_a_dose_is_one_difference(document):
    def widen(after):
        dose = after["prescriptions"]["low_impact"][1]["dose"]
        dose["sets"], dose["sets_high"] = 3, 5

    [found] = differences_after(document, widen)
    assert found.path[-2:] == ("dose", "sets") and (found.before, found.after) == ((2, 3), (3, 5))


def test_another_order_is_one_difference(document):
    def swap(after):
        after["prescriptions"]["rest"].reverse()

    assert [found.kind for found in differences_after(document, swap)] == ["reordered"]


def test_a_removed_exercise_does_not_count_as_another_order(document):
    def remove(after):
        del after["prescriptions"]["rest"][0]

    assert [found.kind for found in differences_after(document, remove)] == ["removed"]


def test_an_added_exercise_is_one_difference(document):
    def add(after):
        after["exercises"].append({"code": "EX50", "name": "Wall sit"})

    [found] = differences_after(document, add)
    assert (found.kind, found.path) == ("added", ("exercises", "EX50"))


def test_what_is_removed_one_way_is_added_the_other_way(document):
    after = copy.deepcopy(document)
    del after["prescriptions"]["rest"][0]
    kinds = [found.kind for found in (*differences(document, after), *differences(after, document))]
    assert kinds == ["removed", "added"]


def test_every_difference_has_words(document):
    after = copy.deepcopy(document)
    after["title"] = "Another"
    after["thresholds"]["e2_days"]["value"] = 21
    after["phases"][0]["allowed"] = ["Rest"]
    after["run_levels"][0]["sets"][0]["repeats"] = 7
    after["start_levels"][0]["within_days"]["value"] = 10
    after["exercises"][0]["sides"] = "both"
    after["prescriptions"]["rest"][0]["days"] = ["mon", "fri"]
    told = {(str(change.what), str(change.before), str(change.after)) for change in changes(document, after)}
    assert ("Days since the pain began before the clinic is told", "28", "21") in told
    assert ("Legs-on-chair rest", "every day", "Mon, Fri") in told
    assert ("Legs-on-chair rest", "No sides", "The whole dose on each side") in told
    assert ("R1", "6 × run 1 min, walk 4 min", "7 × run 1 min, walk 4 min") in told
    assert len(told) == 7
