"""What would move me on: the promised days really do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.rules.case_reading import read_case
from recovery.rules.decide import fold_day, fold_to
from recovery.rules.facts import DayFacts
from recovery.rules.forecast import forecast
from recovery.rules.replay import fold_case
from tests.rules.notation import case
from tests.rules.strategies import days, fold, intakes, starts


def state_after(plan, start: str, history: str, **changes):
    """Intake and state after a history."""
    found = read_case(case(start, history, **changes))
    return found.intake, list(fold_case(found, plan))[-1][0]


@given(intakes(), starts(), days(), st.integers(1, 5))
def test_exactly_the_promised_check_ins_move_on(plan, intake, begin, history, later):
    state = fold(plan, intake, begin, history)[-1][0]
    day = state.day + timedelta(days=later)
    found = forecast(plan, intake, state, day)
    assert (found.coming is None) == (found.earliest is None) == (found.blocked_by is not None)
    if found.coming is None:
        return
    state, _ = fold_to(plan, intake, state, day)
    outcomes = []
    for answers in found.coming:
        state, decision = fold_day(plan, intake, state, DayFacts(answers.day, check_in=answers))
        outcomes.append(decision.outcome)
    assert found.coming[0].day == day and found.earliest == state.day
    assert outcomes[-1] in ("advance", "level_up")
    assert not {"advance", "level_up"} & set(outcomes[:-1])


@pytest.mark.parametrize(
    ("start", "history", "days_ahead", "sessions"),
    [
        ("P1, onset 1", "6/8/6/7", 1, 0),
        ("P2, B 6, onset 1", "5/7/5/6", 2, 0),
        ("P3, B 6, onset 1", "3/4/3/3+D2 3/4/3/3", 2, 1),
        ("P4, B 6, onset -14", "1/2/1/1+D1w 1/2/1/1 1/2/1/1+D1w 1/2/1/1 1/2/1/1+D1 1/2/1/1 1/2/1/1+D1", 1, 0),
        ("P5 R3, B 6, onset -30", "1/2/1/1+D1 1/2/1/1", 2, 1),
    ],
)
def test_the_shortest_way_on_is_found(plan, start, history, days_ahead, sessions):
    intake, state = state_after(plan, start, history)
    found = forecast(plan, intake, state, state.day + timedelta(days=1))
    assert found.earliest == state.day + timedelta(days=days_ahead)
    assert sum(answers.session.took_place for answers in found.coming) == sessions


@pytest.mark.parametrize(
    ("start", "history", "rule"),
    [
        ("P3, B 6, onset 1", "3/4/3/3!RF11", "latched_stop"),
        ("P4, B 6, onset -10", "2/3/2/2 (-)x14 1/2/1/1", "reintake"),
        ("P4, B 6, onset -10, not ready", "1/2/1/1", "run_gate_readiness"),
        ("P3, B 6, onset 1", "3/4/3/3!CA2", "caution"),
        ("P4, B 5, onset -37", "(2/3/2/2)x6", "run_gate_review"),
        ("P6, B 5, onset -80", "1/1/1/1", "prevention_check"),
    ],
)
def test_what_good_days_cannot_solve_is_named(plan, start, history, rule):
    intake, state = state_after(plan, start, history)
    found = forecast(plan, intake, state, state.day + timedelta(days=1))
    assert (found.coming, found.blocked_by) == (None, rule)


def test_the_criteria_stand_with_figures_and_limits(plan):
    intake, state = state_after(plan, "P3, B 6, onset 1", "3/4/3/3+D2 3/4/3/3")
    found = {item.rule: item for item in forecast(plan, intake, state, state.day + timedelta(days=1)).criteria}
    assert list(found) == ["minimum_days", "advance_median", "advance_sessions"]
    assert {item.verdict for item in found.values()} == {"unmet"}
    assert found["minimum_days"].figures["full_days"] == 1
    assert found["advance_sessions"].figures["graded"] == 1
    assert found["advance_median"].limits["median"] == 3


def test_before_the_first_check_in_there_are_no_figures_yet(plan):
    intake, state = state_after(plan, "P1, onset 1", "-")
    assert forecast(plan, intake, state, date(2026, 3, 2)).criteria == ()
