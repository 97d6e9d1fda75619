"""Whatever a clinician may publish: red flags, the run gate and one step a day hold in every plan."""

import copy
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from recovery.rules.conditions import CONDITIONS
from recovery.rules.decide import fold_day, fold_to
from recovery.rules.facts import (
    PHASES,
    RUN_LEVELS,
    RUNNING_PHASE,
    CheckInFact,
    DayFacts,
    IntakeFact,
    SessionFact,
    StartFact,
)
from recovery.rules.plan import InvalidPlan, PlanSpec, parse_plan
from recovery.rules.running import may_run
from recovery.rules.state import A_DAY, State
from tests.rules.strategies import FIRST, check_ins, days, fold, intakes, made_worse, starts

HOLDS = [condition for condition in CONDITIONS.values() if condition.purpose == "hold"]
FORWARD = ("advance", "level_up")


def quantities(node):
    """Every number with a range, wherever it is in the document."""
    if isinstance(node, dict) and "allowed" in node and "value" in node:
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from quantities(value)
    elif isinstance(node, list):
        for value in node:
            yield from quantities(value)


def some_hold(choices: bytes) -> dict:
    """Any hold condition of the vocabulary with any numbers it allows."""
    condition = HOLDS[choices[0] % len(HOLDS)]
    found: dict = {"condition": condition.name}
    for (name, bound), choice in zip(condition.parameters.items(), choices[1:], strict=False):
        low, high = bound.lowest, bound.highest
        value = low + choice % (high - low + 1)
        found[name] = {"value": value, "unit": bound.unit, "source": "design", "allowed": [low, high]}
    return found


def varied(document: dict, choices: bytes) -> PlanSpec | None:
    """The plan with some numbers at an end of their range and a hold in a phase; nothing when it is refused."""
    found = copy.deepcopy(document)
    if len(choices) > 160 and choices[-1] % 2:
        found["phases"][choices[-2] % 5]["hold"] = [some_hold(choices[-8:-2])]
    for quantity, choice in zip(quantities(found), choices, strict=False):
        if choice < 40:
            quantity["value"] = quantity["allowed"][choice % 2]
    try:
        return parse_plan(found)
    except InvalidPlan:
        return None


@given(st.binary(min_size=170, max_size=170), intakes(), starts(), days())
def test_every_plan_stops_at_a_red_flag_and_climbs_one_step_a_day(plan_document, choices, intake, begin, history):
    plan = varied(plan_document, choices)
    if plan is None:
        return
    latched = False
    for facts, (state, decision) in zip(history, fold(plan, intake, begin, history), strict=True):
        latched = (latched and facts.clearance is None) or bool(facts.check_in and facts.check_in.red_flags)
        assert not latched or decision.outcome in ("stop", "stopped")
        latched = latched and facts.clearance is None
        assert decision.outcome not in FORWARD or decision.checked_in
        if decision.outcome == "advance":
            assert PHASES.index(decision.phase) - PHASES.index(decision.from_phase) == 1
        if may_run(state, decision.day):
            assert state.phase in PHASES[4:] and not state.cautions and not state.stopped


@given(st.binary(min_size=170, max_size=170), intakes(), starts(), days(flags=False), st.data())
def test_in_every_plan_worse_answers_and_missing_days_bring_nobody_forward(
    plan_document, choices, intake, begin, history, data
):
    plan = varied(plan_document, choices)
    if plan is None:
        return
    state = fold(plan, intake, begin, history)[-1][0]
    today = state.day + A_DAY
    answers = data.draw(check_ins(today))
    worse = data.draw(made_worse(answers))
    _, decision = fold_day(plan, intake, state, DayFacts(today, answers))
    _, other = fold_day(plan, intake, state, DayFacts(today, worse))
    assert decision.outcome in FORWARD or other.outcome not in FORWARD
    later, silent = fold_to(plan, intake, state, today + 3 * A_DAY)
    assert all(each.outcome not in FORWARD for each in silent)
    assert (later.window, later.tally) == (state.window, state.tally)
    assert State.from_json(json.loads(json.dumps(later.to_json()))) == later


@given(
    st.binary(min_size=170, max_size=170),
    st.sampled_from(PHASES),
    st.integers(0, 2),
    st.integers(0, 12),
    st.integers(0, 8),
    check_ins(),
)
def test_in_every_plan_one_odd_day_causes_no_phase_step_back(plan_document, choices, phase, usual, before, after, odd):
    plan = varied(plan_document, choices)
    if plan is None:
        return
    history = []
    for number in range(before + 1 + after):
        day = FIRST + number * A_DAY
        session = SessionFact("done", min(usual, 2)) if number % 2 else SessionFact()
        answers = CheckInFact(day, usual, usual, usual, usual, session)
        odd_one = replace(odd, day=day, yesterday_morning=None)
        history.append(DayFacts(day, odd_one if number == before else answers))
    intake = IntakeFact(FIRST, FIRST, None, 34, False, 5)
    begin = StartFact(phase, "R3" if phase == RUNNING_PHASE else None, 5)
    assert "step_back" not in {decision.outcome for _, decision in fold(plan, intake, begin, history)}


@given(st.binary(min_size=170, max_size=170), st.lists(st.integers(1, 60), min_size=10, max_size=10), starts(), days(2))
def test_a_move_to_any_plan_keeps_the_phase_and_brings_no_more_running(plan_document, choices, minutes, begin, history):
    other = varied(plan_document, choices)
    if other is None:
        return
    levels = zip(other.run_levels, sorted(minutes), strict=True)
    other = replace(other, run_levels=tuple(replace(level, run_minutes=run) for level, run in levels))
    plan, intake = parse_plan(plan_document), IntakeFact(FIRST, FIRST, None, 34, False, 5)
    before = fold(plan, intake, begin, history)[-1][0]
    left = tuple((level.key, level.run_minutes) for level in plan.run_levels)
    facts = DayFacts(before.day + A_DAY, plan_moved=True, left_levels=left)
    after, decision = fold_day(other, intake, before, facts)
    assert decision.outcome not in FORWARD
    if before.departure is None:
        assert after.phase == before.phase
    if after.run_level is not None:
        run = {level.key: level.run_minutes for level in other.run_levels}
        assert run[after.run_level] <= dict(left)[before.run_level] or after.run_level == "R1"
        assert RUN_LEVELS.index(after.run_level) <= RUN_LEVELS.index(before.run_level)


def test_most_variations_are_plans_that_can_be_published(plan_document):
    lowest, highest = (varied(plan_document, bytes([choice]) * 160) for choice in (0, 1))
    assert lowest is None or highest is None or lowest != highest
    single = [bytes([255] * index + [choice]) for index in range(100) for choice in (0, 1)]
    accepted = sum(varied(plan_document, choices) is not None for choices in single)
    assert accepted > 180
