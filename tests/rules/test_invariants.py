"""The twelve promises of the rules, looked for in random histories."""

import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from recovery.rules.decide import OUTCOMES, fold_day, fold_to, start
from recovery.rules.facts import PHASES, CheckInFact, DayFacts, IntakeFact, SessionFact, StartFact
from recovery.rules.names import NOTICES, RULES
from recovery.rules.replay import decision_to_json
from recovery.rules.running import may_run
from recovery.rules.state import State
from tests.rules.strategies import FIRST, check_ins, days, fold, intakes, made_worse, starts

FORWARD = ("advance", "level_up")
STEPS_BACK = {
    ("gentle_stretching", "heat_cold"),
    ("low_impact", "gentle_stretching"),
    ("return_to_running", "low_impact"),
    ("return_to_running", "gentle_stretching"),
    ("prevention", "low_impact"),
}


@given(intakes(), starts(), days())
def test_a_red_flag_stops_everything_until_a_clearance(plan, intake, begin, history):
    latched = False
    for facts, (_, decision) in zip(history, fold(plan, intake, begin, history), strict=True):
        latched = latched and facts.clearance is None
        latched = latched or bool(facts.check_in and facts.check_in.red_flags)
        if latched:
            assert decision.outcome in ("stop", "stopped")
            assert not set(decision.notices) or decision.outcome == "stopped"
        latched = latched and facts.clearance is None


@given(intakes(), starts(), days())
def test_nothing_moves_forward_without_a_check_in(plan, intake, begin, history):
    for facts, (_, decision) in zip(history, fold(plan, intake, begin, history), strict=True):
        assert decision.checked_in == (facts.check_in is not None)
        assert decision.checked_in or decision.outcome not in FORWARD


@given(intakes(), starts(), days())
def test_one_day_moves_one_phase_at_most_and_only_along_known_edges(plan, intake, begin, history):
    departed = False
    for facts, (_, decision) in zip(history, fold(plan, intake, begin, history), strict=True):
        departed = departed or facts.override is not None
        before, after = PHASES.index(decision.from_phase), PHASES.index(decision.phase)
        if decision.outcome == "advance":
            assert after - before == 1
        elif after > before:
            assert departed and decision.rule in ("override", "clearance")
        if decision.rule.startswith("step_back"):
            assert (decision.from_phase, decision.phase) in STEPS_BACK


@given(intakes(), starts(), days(flags=False), st.data())
def test_a_worse_answer_today_never_moves_forward(plan, intake, begin, history, data):
    today = FIRST + timedelta(days=len(history))
    state = fold(plan, intake, begin, history)[-1][0]
    answers = data.draw(check_ins(today))
    worse = data.draw(made_worse(answers))
    _, decision = fold_day(plan, intake, state, DayFacts(today, check_in=answers))
    _, other = fold_day(plan, intake, state, DayFacts(today, check_in=worse))
    assert decision.outcome in FORWARD or other.outcome not in FORWARD


@given(intakes(), starts(), days(events=False), st.integers(1, 6))
def test_missing_days_bring_nobody_forward(plan, intake, begin, history, missed):
    state, decision = fold(plan, intake, begin, history)[-1]
    until = decision.day + timedelta(days=missed + 1)
    later, decisions = fold_to(plan, intake, state, until)
    assert len(decisions) == missed
    assert (later.phase, later.run_level, later.window, later.tally) == (
        state.phase,
        state.run_level,
        state.window,
        state.tally,
    )


@given(
    st.sampled_from(PHASES),
    st.integers(0, 2),
    st.integers(0, 20),
    st.integers(0, 10),
    check_ins(),
)
def test_one_odd_day_never_causes_a_phase_step_back(plan, phase, usual, before, after, odd):
    level = "R3" if phase == "return_to_running" else None
    session = SessionFact("done", min(usual, 2))
    history = []
    for number in range(before + 1 + after):
        day = FIRST + timedelta(days=number)
        answers = CheckInFact(day, usual, usual, usual, usual, session if number % 2 else SessionFact())
        is_odd = number == before
        history.append(DayFacts(day, replace(odd, day=day, yesterday_morning=None) if is_odd else answers))
    intake = IntakeFact(FIRST, FIRST, None, 34, False, 5)
    decisions = [decision for _, decision in fold(plan, intake, StartFact(phase, level, 5), history)]
    assert "step_back" not in {decision.outcome for decision in decisions}


@given(intakes(), starts(), days())
def test_no_running_before_the_run_gate_or_with_an_open_caution(plan, intake, begin, history):
    for state, decision in fold(plan, intake, begin, history):
        if may_run(state, decision.day + timedelta(days=1)):
            assert state.phase in PHASES[4:]
            assert not state.cautions and not state.stopped


@given(intakes(), starts(), days())
def test_the_same_history_gives_the_same_bytes(plan, intake, begin, history):
    def once() -> str:
        return json.dumps([decision_to_json(decision) for _, decision in fold(plan, intake, begin, history)])

    assert once() == once()


@given(intakes(), starts(), days(), st.data())
def test_a_state_read_back_from_json_goes_on_as_if_nothing_happened(plan, intake, begin, history, data):
    whole = fold(plan, intake, begin, history)
    cut = data.draw(st.integers(0, len(history) - 1))
    state = State.from_json(json.loads(json.dumps(whole[cut][0].to_json())))
    assert state == whole[cut][0]
    for facts, (expected, decision) in zip(history[cut + 1 :], whole[cut + 1 :], strict=True):
        state, found = fold_day(plan, intake, state, facts)
        assert (state, found) == (expected, decision)


@given(intakes(), starts(), days(36, 90))
def test_the_state_stays_small(plan, intake, begin, history):
    for state, decision in fold(plan, intake, begin, history):
        assert len(state.window) <= 35
        assert all((decision.day - record.day).days < 90 for record in state.window)
        assert len(state.raised) <= 40


@given(st.integers(3, 10), st.integers(0, 3), st.integers(0, 24), st.lists(st.booleans(), min_size=28, max_size=28))
def test_pain_of_three_or_more_after_four_weeks_always_says_see_somebody(plan, pain, swing, late, present):
    """Everybody not recovered who checks in on day 28 with a recent middle of 3 or more gets E2."""
    intake = IntakeFact(FIRST, FIRST - timedelta(days=late), None, 34, False, 6)
    history = []
    for number in range(29 - late):
        day = FIRST + timedelta(days=number)
        score = min(10, pain + (number * 7 % (swing + 1)))
        there = present[number % 28] or number >= 26 - late
        history.append(DayFacts(day, CheckInFact(day, score, score, score, score) if there else None))
    found = fold(plan, intake, None, history)
    state = found[-1][0]
    assume(not state.recovered and state.check_ins >= 3)
    assert "E2" in {notice for _, decision in found for notice in decision.notices}


@given(intakes(), starts(), days(flags=False))
def test_each_notice_comes_once_in_an_episode(plan, intake, begin, history):
    for state, _ in fold(plan, intake, begin, history):
        codes = [code for code, _ in state.raised]
        assert len(codes) == len(set(codes))


def test_the_start_is_a_pure_function_of_the_intake(plan):
    intake = IntakeFact(FIRST, FIRST, None, 34, False, 6)
    assert start(plan, intake) == start(plan, intake)


@given(intakes(), starts(), days())
def test_every_rule_and_notice_has_its_published_name(plan, intake, begin, history):
    for _, decision in fold(plan, intake, begin, history):
        assert decision.outcome in OUTCOMES and decision.rule in RULES
        assert set(decision.notices) <= set(NOTICES)
        assert {finding.rule for finding in decision.findings} <= {*RULES, *NOTICES}
        assert {finding.verdict for finding in decision.findings} <= {"decides", "met", "unmet", "noted"}
        assert [finding.verdict for finding in decision.findings].count("decides") == 1
