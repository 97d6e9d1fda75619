"""The made-up patient: a replay case that grows, decided by the very rules, bounded and taken back day by day."""

from datetime import date

import pytest

from recovery.content.plans import shipped
from recovery.rules.case_reading import InvalidCase
from recovery.rules.plan import parse_plan
from recovery.rules.replay import replay
from recovery.services.made_up import courses, patient
from recovery.services.made_up.patient import Beginning, Given, begin, days_of, give, skip, state_of, undo
from recovery.services.refusals import Refused

TODAY = date(2026, 3, 2)
CALM = {"average": 1, "worst": 2, "morning": 1, "function": 1, "session": {"status": "done", "pain": 1}}


@pytest.fixture(scope="module")
def plan():
    return parse_plan(shipped("lower-back-running"))


def test_before_the_first_day_the_answers_say_where_it_begins(plan):
    assert state_of(begin(Beginning(6), TODAY), plan).phase == "rest"
    assert state_of(begin(Beginning(3), TODAY), plan).phase == "gentle_stretching"
    chosen = state_of(begin(Beginning(3, phase="return_to_running"), TODAY), plan)
    assert (chosen.phase, chosen.run_level) == ("return_to_running", "R1")


def test_the_days_are_decided_as_replay_decides_them(plan):
    case = give(skip(give(begin(Beginning(3), TODAY), plan, Given(CALM), 3), plan), plan, Given(CALM))
    decided = [decision.outcome for _state, decision in patient.lived(case, plan)]
    assert decided == [day["outcome"] for day in replay({"plan": "lower-back-running", **case}, plan)]
    assert decided[3] == "no_check_in" and days_of(case) == 5


def test_a_day_taken_back_leaves_no_trace(plan):
    before = give(begin(Beginning(0), TODAY), plan, Given(CALM), 2)
    after = give(before, plan, Given(CALM, ready=True, seen=True), 3)
    assert after["readiness_passed_on"] and after["reviews"]
    for _ in range(3):
        after = undo(after)
    assert state_of(after, plan) == state_of(before, plan)
    assert undo(undo(undo(undo(before))))["as_of"] is None


def test_what_happens_besides_the_answers_happens_once(plan):
    case = give(begin(Beginning(0), TODAY), plan, Given(CALM, seen=True), 4)
    assert [review["day"] for review in case["reviews"]] == [TODAY.isoformat()]


def test_a_warning_sign_stops_and_somebody_who_looks_opens_it_again(plan):
    case = give(begin(Beginning(3), TODAY), plan, Given({**CALM, "red_flags": ["RF01"]}))
    assert state_of(case, plan).stopped
    case = give(case, plan, Given(CALM, seen=True))
    assert not state_of(case, plan).stopped


def test_after_a_long_silence_the_starting_questions_come_by_themselves(plan):
    case = give(skip(give(begin(Beginning(3), TODAY), plan, Given(CALM)), plan, 15), plan, Given(CALM))
    assert state_of(case, plan).awaiting_intake
    assert not state_of(give(case, plan, Given(CALM)), plan).awaiting_intake


def test_a_life_is_bounded(plan):
    case = skip(begin(Beginning(3), TODAY), plan, patient.MOST_DAYS)
    with pytest.raises(Refused, match="at most 120 days. There is room for 0 more"):
        skip(case, plan)


def test_answers_the_rules_do_not_take_are_refused(plan):
    with pytest.raises(InvalidCase, match="average"):
        give(begin(Beginning(3), TODAY), plan, Given({**CALM, "average": 11}))


def test_a_course_is_the_same_each_time_and_goes_on_from_where_it_was(plan):
    begun = begin(Beginning(6), TODAY)
    quick = courses.along(begun, plan, "C1", 40)
    assert quick == courses.along(begun, plan, "C1", 40)
    assert state_of(quick, plan).phase == "return_to_running"
    assert days_of(courses.along(quick, plan, "C5", 10)) == 50
    assert state_of(courses.along(begun, plan, "C5", 84), plan).phase not in ("return_to_running", "prevention")
