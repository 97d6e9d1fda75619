"""A published six-step walk-run programme, written as a plan file alone, decides as its authors say."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.content.plans import shipped
from recovery.rules.decide import fold_day
from recovery.rules.facts import DayFacts
from recovery.rules.forecast import FORWARD
from recovery.rules.plan import parse_plan
from recovery.rules.replay import InvalidCase, replay
from tests.rules.notation import case
from tests.rules.strategies import FIRST, check_ins, days, fold, intakes, made_worse, starts
from tests.rules.vignette_tools import verdict

TWO_RUNS = "1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 1/1/1/1"

STEPS = [
    ("two calm runs with a day between", "P5 R1, B 5, onset -30", TWO_RUNS, "level_up", "P5", "R2", "level_up"),
    ("one run alone", "P5 R1, B 5, onset -30", "1/1/1/1+D1 (1/1/1/1)x3", "hold", "P5", "R1", "level_sessions"),
    (
        "two runs on two days in a row",
        "P5 R1, B 5, onset -30",
        "1/1/1/1+D1 1/1/1/1+D1 1/1/1/1 1/1/1/1",
        "hold",
        "P5",
        "R1",
        "hold_unsettled_session",
    ),
    (
        "more pain than the day before",
        "P5 R1, B 5, onset -30",
        "1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 2/2/1/1",
        "hold",
        "P5",
        "R1",
        "hold_more_pain",
    ),
    (
        "a stiffer morning than the day before",
        "P5 R1, B 5, onset -30",
        "1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 1/1/2/1",
        "hold",
        "P5",
        "R1",
        "hold_more_pain",
    ),
    (
        "pain of 3 the day before",
        "P5 R1, B 5, onset -30",
        "1/1/1/1+D1 1/1/1/1 3/3/1/1+D1 1/1/1/1",
        "hold",
        "P5",
        "R1",
        "hold_pain",
    ),
    (
        "a week worse than the one before",
        "P5 R1, B 5, onset -30",
        "(0/0/0/0)x7 (1/1/0/0)x3 1/1/0/0+D0 1/1/0/0 1/1/0/0+D0 1/1/0/0",
        "hold",
        "P5",
        "R1",
        "hold_weekly_rise",
    ),
    (
        "a run that was too much, days ago",
        "P5 R2, B 5, onset -30",
        "1/1/1/1+D5 1/1/1/1 1/1/1/1 1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 1/1/1/1",
        "hold",
        "P5",
        "R1",
        "hold_red_sessions",
    ),
    ("the last step done twice", "P5 R6, B 5, onset -30", TWO_RUNS, "advance", "P6", None, "ladder_done"),
    ("the run gate opens at the first step", "P4, B 3, onset -8", None, "advance", "P5", "R1", "run_gate_open"),
]
GATE = "1/2/1/1+D1w 1/2/1/1+D1 1/1/0/1+D0w 0/1/0/0+D0 0/1/0/0"
PHASES = {"P5": "return_to_running", "P6": "prevention"}


@pytest.fixture(scope="module")
def walk_run():
    """The programme, checked."""
    return parse_plan(shipped("six-step-walk-run"))


@pytest.mark.parametrize(("changed", "start", "history", "outcome", "phase", "level", "rule"), STEPS)
def test_a_step_is_taken_or_not(walk_run, changed, start, history, outcome, phase, level, rule):
    days = replay(case(start, history or GATE), walk_run)
    assert verdict(days[-1]) == (outcome, PHASES[phase], level, rule), changed


def test_a_recent_red_session_holds_although_the_rest_is_met(walk_run):
    """On the lowest level a RED run is no level down, so the two calm runs after it would be enough."""
    history = "1/1/1/1+D5 1/1/1/1 1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 1/1/1/1 1/1/1/1 1/1/1/1"
    days = replay(case("P5 R1, B 5, onset -30", history), walk_run)
    assert [day["rule"] for day in days[5:]] == ["hold_red_sessions", "hold_red_sessions", "level_up"]


def test_it_has_six_steps_and_no_others(walk_run):
    assert walk_run.level_keys == ("R1", "R2", "R3", "R4", "R5", "R6")
    with pytest.raises(InvalidCase, match="start.run_level: must be one of R1, R2, R3, R4, R5, R6"):
        replay(case("P5 R7, B 5, onset -30", TWO_RUNS), walk_run)


def test_a_red_flag_stops_it_as_any_other_plan(walk_run):
    days = replay(case("P5 R1, B 5, onset -30", "1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 1/1/1/1!RF01"), walk_run)
    assert days[-1]["outcome"] == "stop"


@given(intakes(), starts(), days(flags=False), st.data())
def test_a_worse_answer_today_never_moves_forward(walk_run, intake, begin, history, data):
    today = FIRST + timedelta(days=len(history))
    state = fold(walk_run, intake, begin, history)[-1][0]
    answers = data.draw(check_ins(today))
    worse = data.draw(made_worse(answers))
    _, decision = fold_day(walk_run, intake, state, DayFacts(today, check_in=answers))
    _, other = fold_day(walk_run, intake, state, DayFacts(today, check_in=worse))
    assert decision.outcome in FORWARD or other.outcome not in FORWARD


def test_its_holds_change_nothing_in_the_default_plan(plan):
    assert all(not phase.hold for phase in plan.phases)
    days = replay(case("P5 R1, B 5, onset -30", "1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 2/2/1/1"), plan)
    assert days[-1]["rule"] == "level_up"
