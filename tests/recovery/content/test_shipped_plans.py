"""The shipped plans: each is a whole plan that passes every check, also one that only says what differs."""

import pytest

from recovery.content import plans
from recovery.rules.facts import PHASES
from recovery.services.plans import check

WALK_RUN = "six-step-walk-run"
RUNNING, WALKING = 10 / 60, 6 / 60  # km a minute
MILE = 1.609344
OWN_NAMES = {"key", "title", "phases", "run_levels", "start_levels", "prescriptions"}


@pytest.mark.parametrize("key", plans.names())
def test_a_shipped_plan_passes_the_checks_of_a_draft(key):
    document = plans.shipped(key)
    check(document)
    assert document["key"] == key


def test_the_default_plan_comes_first():
    assert plans.names()[0] == plans.DEFAULT
    assert WALK_RUN in plans.names()


def test_a_plan_that_is_not_shipped_is_not_found():
    with pytest.raises(KeyError):
        plans.shipped("../plans/lower-back-running")


def test_the_walk_run_steps_are_those_of_the_trial():
    steps = [
        (s["walk_minutes"], s["run_minutes"]) for level in plans.shipped(WALK_RUN)["run_levels"] for s in level["sets"]
    ]
    assert steps == [(2, 3), (2, 3), (2, 4), (2, 4), (1, 4), (0, 20)]
    assert {level["source"] for level in plans.shipped(WALK_RUN)["run_levels"]} == {"S33"}


def test_the_turns_are_the_nearest_to_the_distances_of_the_trial():
    for level, miles in zip(plans.shipped(WALK_RUN)["run_levels"], (1.0, 1.5, 1.5, 2.0, 2.0), strict=False):
        turn = level["sets"][0]
        km = turn["run_minutes"] * RUNNING + turn["walk_minutes"] * WALKING
        assert turn["repeats"] == round(miles * MILE / km)


def test_what_the_walk_run_programme_does_not_say_is_as_in_the_default_plan():
    own, default = plans.shipped(WALK_RUN), plans.shipped(plans.DEFAULT)
    assert {name for name in default if own[name] != default[name]} == OWN_NAMES
    assert [a["key"] for a, b in zip(own["phases"], default["phases"], strict=True) if a != b] == ["return_to_running"]
    unlike = [
        (phase, mine["exercise"])
        for phase in PHASES
        for mine, theirs in zip(own["prescriptions"][phase], default["prescriptions"][phase], strict=True)
        if mine != theirs
    ]
    assert unlike == [("return_to_running", "EX43")]


def test_a_name_that_stands_for_nothing_is_refused():
    with pytest.raises(ValueError, match="stroll"):
        plans._over(plans.shipped(plans.DEFAULT), {"phases": [{"key": "stroll"}]})
