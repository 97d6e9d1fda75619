"""Whatever a clinician may publish: red flags, the run gate and one step a day hold in every plan."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from recovery.rules.conditions import CONDITIONS
from recovery.rules.facts import PHASES
from recovery.rules.plan import InvalidPlan, PlanSpec, parse_plan
from recovery.rules.running import may_run
from tests.rules.strategies import days, fold, intakes, starts

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


def test_most_variations_are_plans_that_can_be_published(plan_document):
    lowest, highest = (varied(plan_document, bytes([choice]) * 160) for choice in (0, 1))
    assert lowest is None or highest is None or lowest != highest
    single = [bytes([255] * index + [choice]) for index in range(100) for choice in (0, 1)]
    accepted = sum(varied(plan_document, choices) is not None for choices in single)
    assert accepted > 180
