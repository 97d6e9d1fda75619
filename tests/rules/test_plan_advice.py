"""Remarks on a plan that may be published all the same."""

import copy

import pytest

from recovery.rules.plan import parse_plan
from recovery.rules.plan_advice import advice


def remarks(document, change=None) -> set[str]:
    changed = copy.deepcopy(document)
    if change:
        change(changed)
    return set(advice(parse_plan(changed), changed))


def without(document, phase, condition):
    place = next(each for each in document["phases"] if each["key"] == phase)
    place["step_back"] = [rule for rule in place["step_back"] if rule["condition"] != condition]


def odd(document):
    next(each for each in document["exercises"] if each["code"] == "EX30")["sides"] = "alternate"
    item = next(item for item in document["prescriptions"]["low_impact"] if item["exercise"] == "EX30")
    item["dose"] = {"repeats": 7}


def too_early(document):
    document["prescriptions"]["rest"].append({"exercise": "EX43", "days": "daily", "dose": {"minutes": 5}})


def half_translated(document):
    all_of_it = {each["code"]: {"name": "Uno", "how": "Así."} for each in document["exercises"]}
    document["translations"] = {"es": {**all_of_it, "EX01": {"name": "Uno"}}}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda plan: plan["phases"][2].pop("plateau_days"), "phases.gentle_stretching.plateau_days"),
        (lambda plan: without(plan, "low_impact", "step_back_sessions"), "phases.low_impact.step_back"),
        (lambda plan: without(plan, "low_impact", "step_back_function"), "phases.low_impact.step_back"),
        (lambda plan: plan["sources"].update(S99="Nobody 2020"), "sources.S99"),
        (odd, "prescriptions.low_impact.EX30"),
        (too_early, "prescriptions.rest.EX43"),
        (half_translated, "exercises.EX01"),
    ],
    ids=["nobody is told", "sessions", "function", "source", "sides", "running", "language"],
)
def test_a_remark_names_its_place(plan_document, change, place):
    new = remarks(plan_document, change) - remarks(plan_document)
    assert [line.partition(": ")[0] for line in new] == [place]


def test_every_remark_says_what_follows(plan_document):
    assert all(len(line.partition(": ")[2].split()) > 5 for line in remarks(plan_document))
