"""One history under two plans."""

import copy
from dataclasses import replace
from datetime import timedelta

import pytest

from recovery.rules.beside import Raised, compare, course
from recovery.rules.facts import CheckInFact
from recovery.rules.plan import parse_plan
from tests.lives import lives, shipped_document

WEEKS = 6
EVERYTHING = ("E1", "E2", "E3", "E4", "E5", "E6", "E8")


@pytest.fixture(scope="module")
def plan():
    return parse_plan(shipped_document())


def changed(**values):
    """The shipped plan with some plan-wide numbers changed."""
    document = copy.deepcopy(shipped_document())
    for key, value in values.items():
        document["thresholds"][key]["value"] = value
    return parse_plan(document)


def stay_of(days: int):
    """The shipped plan with another shortest stay in gentle stretching."""
    document = copy.deepcopy(shipped_document())
    phase = next(phase for phase in document["phases"] if phase["key"] == "gentle_stretching")
    for way in phase["advance"]:
        for condition in way:
            if condition["condition"] == "minimum_days":
                condition["days"]["value"] = days
    return parse_plan(document)


def courses(life, *plans):
    facts = {one.day: one for one in life.days}
    return [course(plan, life.intake, facts, life.days[-1].day) for plan in plans]


def seen(decision):
    """What anybody would notice of a day; the limits a rule compared differ with the plan."""
    return decision.outcome, decision.phase, decision.run_level, decision.rule, decision.notices


def test_a_course_has_a_decision_for_every_day(plan):
    life = lives(20, WEEKS)[0]
    (decisions,) = courses(life, plan)
    assert [decision.day for decision in decisions] == [
        life.intake.started_on + timedelta(days=n) for n in range(WEEKS * 7)
    ]


@pytest.mark.parametrize("life", lives(20, WEEKS)[::5], ids=lambda life: f"{life.key}-{life.number}")
def test_a_plan_beside_itself_differs_in_nothing(plan, life):
    found = compare(*courses(life, plan, plan), EVERYTHING)
    assert (found.first_difference, found.days_elsewhere, found.arrivals) == (None, 0, {})
    assert not (found.lost or found.gained or found.moved or found.only_first or found.only_second)
    assert found.raised[0] == found.raised[1]


def test_a_longer_stay_brings_people_on_later_and_says_by_how_many_days(plan):
    found = [compare(*courses(life, plan, stay_of(6)), EVERYTHING) for life in lives(20, WEEKS)]
    days = [one.arrivals["low_impact"] for one in found if "low_impact" in one.arrivals]
    assert days and min(days) > 0
    assert all(one.first_difference is not None and one.days_elsewhere > 0 for one in found if one.arrivals)


def test_the_first_difference_is_the_first_day_that_differs(plan):
    for life in lives(20, WEEKS):
        first, second = courses(life, plan, stay_of(6))
        found = compare(first, second, EVERYTHING)
        same = [seen(a) == seen(b) for a, b in zip(first, second, strict=True)]
        expected = None if all(same) else first[same.index(False)].day
        assert found.first_difference == expected


def test_a_later_notice_is_named_with_the_days(plan):
    later = changed(e1_days=14, e2_days=27)
    moved = [one for life in lives(20, WEEKS) for one in compare(*courses(life, plan, later), EVERYTHING).moved]
    assert {one.code for one in moved} <= {"E2", "E6", "E8"} and any(one.days == -1 for one in moved)


def test_a_notice_only_one_of_them_raises_is_lost_or_gained(plan):
    stricter = changed(e2_average=2)
    for life in lives(20, WEEKS):
        there = compare(*courses(life, plan, stricter), ("E2",))
        back = compare(*courses(life, stricter, plan), ("E2",))
        assert (there.gained, there.lost) == (back.lost, back.gained)
    some = [compare(*courses(life, plan, stricter), ("E2",)) for life in lives(20, WEEKS)]
    assert any(one.gained for one in some)
    assert all(isinstance(raised, Raised) and raised.days is None for one in some for raised in one.gained)


def test_what_is_not_counted_is_neither_lost_nor_gained(plan):
    found = [compare(*courses(life, plan, changed(e2_average=2)), ()) for life in lives(20, WEEKS)]
    assert not any(one.gained or one.lost or one.moved for one in found)


def test_a_stop_is_counted_whatever_else_is(plan):
    life = lives(20, WEEKS)[0]
    facts = {one.day: one for one in life.days}
    usual = course(plan, life.intake, facts, life.days[5].day)
    flagged = {**facts, life.days[1].day: _with_flag(life.days[1])}
    stopped = course(plan, life.intake, flagged, life.days[5].day)
    found = compare(usual, stopped, ())
    assert [(one.code, one.day) for one in found.gained] == [("stop", life.days[1].day)]
    assert found.raised == ({}, {"stop": 1})


def _with_flag(facts):
    flagged = replace(facts.check_in or CheckInFact(facts.day, 3, 3, 3, 3), red_flags=("RF01",))
    return replace(facts, check_in=flagged)


def test_courses_of_unequal_length_are_not_compared(plan):
    (life,) = lives(20, WEEKS)[:1]
    (whole,) = courses(life, plan)
    with pytest.raises(ValueError, match="shorter"):
        compare(whole, whole[:-1], EVERYTHING)
