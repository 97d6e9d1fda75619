"""Whatever a clinician may publish: red flags, the run gate and one step a day hold in every plan."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from recovery.rules.facts import PHASES
from recovery.rules.plan import InvalidPlan, PlanSpec, parse_plan
from recovery.rules.running import may_run
from tests.rules.strategies import days, fold, intakes, starts

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


def varied(document: dict, choices: bytes) -> PlanSpec | None:
    """The plan with some numbers at an end of their range; nothing when such a plan is refused."""
    found = copy.deepcopy(document)
    for quantity, choice in zip(quantities(found), choices, strict=False):
        if choice < 40:
            quantity["value"] = quantity["allowed"][choice % 2]
    try:
        return parse_plan(found)
    except InvalidPlan:
        return None


@given(st.binary(min_size=160, max_size=160), intakes(), starts(), days())
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


def test_most_variations_are_plans_that_can_be_published(plan_document):
    lowest, highest = (varied(plan_document, bytes([choice]) * 160) for choice in (0, 1))
    assert lowest is None or highest is None or lowest != highest
    single = [bytes([255] * index + [choice]) for index in range(100) for choice in (0, 1)]
    accepted = sum(varied(plan_document, choices) is not None for choices in single)
    assert accepted > 180
