"""The shipped plan with one thing spoiled: the refusal names the place."""

import copy
from typing import Any

import pytest

from recovery.rules.conditions import CONDITIONS
from recovery.rules.plan import InvalidPlan, parse_plan

REST, WARMTH, STRETCH, IMPACT, RUNNING, PREVENTION = range(6)
PLACE = ("phases", STRETCH, "advance", 0)

SPOILED = [
    (("thresholds", "d_red", "value"), 7, "thresholds.d_red.value: must be a whole number from 5 to 6 (points)"),
    (("thresholds", "d_red", "value"), 5.5, "thresholds.d_red.value: must be a whole number from 5 to 6"),
    (("thresholds", "d_red", "value"), True, "thresholds.d_red.value: must be a whole number"),
    (("thresholds", "d_red", "value"), None, "thresholds.d_red.value: must be a whole number"),
    (("thresholds", "d_red", "unit"), "cm", "thresholds.d_red.unit: must be points"),
    (("thresholds", "d_red", "source"), "S999", "thresholds.d_red.source: must be a key of sources or design"),
    (("thresholds", "d_red", "source"), None, "thresholds.d_red.source: must be a key of sources or design"),
    (("thresholds", "d_red", "allowed"), [0, 10], "thresholds.d_red.allowed: must be two ordered numbers within"),
    (("thresholds", "d_red", "allowed"), [6, 5], "thresholds.d_red.allowed: must be two ordered numbers"),
    (("thresholds", "d_red", "allowed"), None, "thresholds.d_red.allowed: must be two ordered numbers"),
    (("thresholds", "d_red"), 6, "thresholds.d_red.unit: must be points"),
    (("thresholds", "confirm_n", "value"), 1, "thresholds.confirm_n.value: must be a whole number from 2 to 3"),
    (("thresholds", "improvement", "value"), float("nan"), "thresholds.improvement.value: must be a number"),
    (("thresholds", "new_number"), 6, "thresholds.new_number: is not known here"),
    (("thresholds",), None, "thresholds.d_red: is missing"),
    (("red_flags",), ["RF01"], "plan.red_flags: is not known here"),
    (("title",), "", "title: must be a text"),
    (("sources",), [], "sources: must be a mapping of texts"),
    (("phases",), None, "phases: must be a list"),
    (("phases", REST, "key"), "bed", "phases: must be exactly these, in this order: rest, heat_cold"),
    (("phases", REST, "latch"), False, "phases.rest.latch: is not known here"),
    (("phases", REST, "advance"), [], "phases.rest.advance: must give at least one way forward"),
    (("phases", REST, "entry"), 7, "phases.rest.entry: must be a list"),
    ((*PLACE, 1, "condition"), "advance_mood", "phases.gentle_stretching.advance[0][1].condition: must be one of"),
    ((*PLACE, 1, "condition"), "step_back_pain", "phases.gentle_stretching.advance[0][1].condition: must be one"),
    ((*PLACE, 1, "condition"), ["x"], "phases.gentle_stretching.advance[0][1].condition: must be one of"),
    ((*PLACE, 1, "median", "value"), 5, "phases.gentle_stretching.advance[0][1].median.value: must be a whole"),
    ((*PLACE, 1, "colour"), {}, "phases.gentle_stretching.advance[0][1].colour: is not known here"),
    ((*PLACE, 1, "to"), "rest", "phases.gentle_stretching.advance[0][1].to: belongs to a step back only"),
    ((*PLACE, 2, "green", "value"), 2, None),
    ((*PLACE, 1), "calm", "phases.gentle_stretching.advance[0][1]: must be a mapping"),
    ((*PLACE,), [], "phases.gentle_stretching.advance"),
    (
        ("phases", STRETCH, "step_back", 0, "to"),
        "low_impact",
        "phases.gentle_stretching.step_back[0].to: must be an earlier phase",
    ),
    (("phases", STRETCH, "step_back", 0, "to"), "bed", "phases.gentle_stretching.step_back[0].to: must be one of"),
    (("phases", STRETCH, "step_back"), [], "phases.gentle_stretching.step_back: must contain step_back_pain"),
    (("phases", PREVENTION, "advance"), [[]], "phases.prevention.advance: must be empty"),
    (("phases", STRETCH, "plateau_days", "value"), 99, "phases.gentle_stretching.plateau_days.value: must be"),
    (("run_levels", 0, "run_minutes"), 7, "run_levels.R1.run_minutes: must be 6, the sum of its sets"),
    (("run_levels", 0, "sets", 0, "run_minutes"), 99, "run_levels[0].sets[0].run_minutes: must be a number of"),
    (("run_levels", 0, "sets", 0, "repeats"), 0, "run_levels[0].sets[0].repeats: must be a whole number from 1"),
    (("run_levels", 0, "key"), "R2", "run_levels: must be R1, R2, ... without a hole"),
    (("run_levels", 0, "key"), "X", "run_levels[0].key: must be one of"),
    (("start_levels", 0, "level"), "R1", "start_levels: a longer break must not start at a higher level"),
    (("start_levels", 0, "level"), "R77", "start_levels.R77: must be a run level of the plan"),
    (("start_levels",), [], "start_levels: exactly the last line must be without within_days"),
]


def spoiled(document: dict, path: tuple, value: object) -> dict:
    """The plan document with one value put in the given place."""
    found = copy.deepcopy(document)
    place: Any = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found


@pytest.mark.parametrize(("path", "value", "sentence"), SPOILED)
def test_one_bad_place_is_named(plan_document, path, value, sentence):
    document = spoiled(plan_document, path, value)
    if sentence is None:
        parse_plan(document)
        return
    with pytest.raises(InvalidPlan) as refusal:
        parse_plan(document)
    assert any(fault.startswith(sentence) for fault in refusal.value.faults), refusal.value.faults


@pytest.mark.parametrize("name", ["key", "title", "approval", "sources", "thresholds", "phases", "run_levels"])
def test_a_plan_without_one_of_its_parts_is_refused(plan_document, name):
    document = {key: value for key, value in plan_document.items() if key != name}
    with pytest.raises(InvalidPlan) as refusal:
        parse_plan(document)
    assert any(fault.startswith(name) for fault in refusal.value.faults)


@pytest.mark.parametrize("index", range(6))
def test_a_plan_without_one_of_its_phases_is_refused(plan_document, index):
    phases = plan_document["phases"]
    with pytest.raises(InvalidPlan, match="phases: must be exactly these"):
        parse_plan({**plan_document, "phases": [*phases[:index], *phases[index + 1 :]]})


@pytest.mark.parametrize("name", ["settled_pain", "sessions", "walks", "morning_known", "unmasked", "readiness"])
def test_no_plan_reaches_running_without_the_whole_run_gate(plan_document, name):
    document = copy.deepcopy(plan_document)
    way = document["phases"][IMPACT]["advance"][0]
    document["phases"][IMPACT]["advance"][0] = [c for c in way if c["condition"] != f"run_gate_{name}"]
    with pytest.raises(InvalidPlan, match=f"phases.low_impact.advance.0.: must contain run_gate_{name}"):
        parse_plan(document)


def test_running_is_no_place_to_start(plan_document):
    document = copy.deepcopy(plan_document)
    document["phases"][RUNNING]["entry"] = copy.deepcopy(document["phases"][IMPACT]["entry"])
    with pytest.raises(InvalidPlan, match="return_to_running.entry: must be empty"):
        parse_plan(document)


def test_pain_limits_of_a_phase_fall_and_lead_upwards(plan_document):
    document = copy.deepcopy(plan_document)
    lines = document["phases"][RUNNING]["step_back"]
    lines[0], lines[1] = lines[1], lines[0]
    with pytest.raises(InvalidPlan, match="pain limits must fall"):
        parse_plan(document)


def test_only_rest_ends_by_itself(plan_document):
    document = copy.deepcopy(plan_document)
    document["phases"][STRETCH]["advance"].append(document["phases"][REST]["advance"][1])
    with pytest.raises(InvalidPlan, match="only the phase rest may end by a time box"):
        parse_plan(document)


def hold(condition: str, **values: int) -> dict:
    """A hold condition with numbers in the widest range the code allows."""
    bounds = CONDITIONS[condition].parameters
    return {
        "condition": condition,
        **{
            name: {"value": value, "unit": bounds[name].unit, "source": "design", "allowed": [value, value]}
            for name, value in values.items()
        },
    }


def with_holds(document: dict, phase: int, *holds: dict) -> dict:
    """The plan with hold conditions in one phase."""
    found = copy.deepcopy(document)
    found["phases"][phase]["hold"] = list(holds)
    return found


REFUSED_HOLDS = [
    (
        STRETCH,
        [hold("hold_unsettled_session", span=14)],
        "phases.gentle_stretching.hold_unsettled_session.span: must be below plateau_days, or the hold has no way out",
    ),
    (
        STRETCH,
        [hold("hold_pain", count=4, span=3, average=3)],
        "phases.gentle_stretching.hold_pain.count: must be at most span",
    ),
    (
        STRETCH,
        [hold("hold_more_pain", rise=1), hold("hold_more_pain", rise=2)],
        "phases.gentle_stretching.hold: must contain hold_more_pain only once",
    ),
    (PREVENTION, [hold("hold_more_pain", rise=1)], "phases.prevention.hold: must be empty"),
    (STRETCH, [{"condition": "time_box"}], "phases.gentle_stretching.hold[0].condition: must be one of hold_pain"),
    (
        STRETCH,
        [hold("hold_pain", count=1, span=1, average=9)],
        "phases.gentle_stretching.hold[0].average.allowed: must be two ordered numbers within 1 to 8",
    ),
    (STRETCH, [hold("hold_pain", count=1, span=1)], "phases.gentle_stretching.hold[0].average: is missing"),
]


@pytest.mark.parametrize(("phase", "holds", "sentence"), REFUSED_HOLDS)
def test_a_hold_always_has_a_way_out(plan_document, phase, holds, sentence):
    with pytest.raises(InvalidPlan) as refusal:
        parse_plan(with_holds(plan_document, phase, *holds))
    assert any(fault.startswith(sentence) for fault in refusal.value.faults), refusal.value.faults


def test_a_hold_just_below_the_plateau_is_fine(plan_document):
    parse_plan(with_holds(plan_document, STRETCH, hold("hold_unsettled_session", span=13)))


def test_rest_must_end_by_itself(plan_document):
    document = copy.deepcopy(plan_document)
    del document["phases"][REST]["advance"][1]
    with pytest.raises(InvalidPlan, match="phases.rest.advance: must contain time_box"):
        parse_plan(document)


def test_the_shortest_stay_ends_before_the_plateau(plan_document):
    document = spoiled(plan_document, (*PLACE, 0, "days", "value"), 7)
    document = spoiled(document, (*PLACE, 0, "days", "allowed"), [3, 14])
    parse_plan(document)
    document = spoiled(document, (*PLACE, 0, "days", "value"), 14)
    with pytest.raises(InvalidPlan, match="gentle_stretching.minimum_days.days: must be below plateau_days"):
        parse_plan(document)


def test_levelling_up_and_stepping_back_stay_two_points_apart(plan_document):
    back = ("phases", RUNNING, "step_back", 1, "average", "value")
    document = spoiled(plan_document, back, 3)
    with pytest.raises(InvalidPlan, match="return_to_running.step_back: its pain limit .* for moving on from it"):
        parse_plan(document)
    parse_plan(spoiled(document, ("phases", RUNNING, "advance", 0, 2, "average", "value"), 1))


def test_function_limits_stay_two_points_apart_as_well(plan_document):
    document = spoiled(plan_document, (*PLACE, 1, "function", "value"), 5)
    document = spoiled(document, ("phases", IMPACT, "step_back", 1, "function", "allowed"), [5, 8])
    document = spoiled(document, ("phases", IMPACT, "step_back", 1, "function", "value"), 7)
    parse_plan(document)
    document = spoiled(document, ("phases", IMPACT, "step_back", 1, "function", "value"), 6)
    with pytest.raises(InvalidPlan, match="low_impact.step_back: its function limit .* that leads into it"):
        parse_plan(document)


def test_all_faults_are_listed_at_once(plan_document):
    document = spoiled(plan_document, ("thresholds", "d_red", "value"), 9)
    document = spoiled(document, ("title",), None)
    with pytest.raises(InvalidPlan) as refusal:
        parse_plan(document)
    assert len(refusal.value.faults) == 2


def test_all_faults_across_the_plan_are_listed_at_once(plan_document):
    document = spoiled(plan_document, ("phases", RUNNING, "step_back", 1, "average", "value"), 3)
    document = with_holds(document, PREVENTION, hold("hold_more_pain", rise=1))
    document = spoiled(document, ("start_levels",), [])
    with pytest.raises(InvalidPlan) as refusal:
        parse_plan(document)
    assert [fault.partition(":")[0] for fault in refusal.value.faults] == [
        "phases.prevention.hold",
        "phases.return_to_running.step_back",
        "start_levels",
    ]


@pytest.mark.parametrize("document", [None, [], "plan", 7, {}])
def test_anything_but_a_plan_is_refused(document):
    with pytest.raises(InvalidPlan):
        parse_plan(document)


def test_every_number_of_the_shipped_plan_names_unit_and_source(plan):
    criteria = [item for phase in plan.phases for way in (*phase.entry, *phase.advance) for item in way]
    criteria += [item for phase in plan.phases for item in phase.step_back]
    quantities = [*plan.thresholds.values(), *(value for item in criteria for value in item.parameters.values())]
    assert len(quantities) > 80
    for quantity in quantities:
        assert quantity.unit and (quantity.source == "design" or quantity.source in plan.sources)
        assert quantity.lowest <= quantity.value <= quantity.highest


def test_the_limits_for_moving_on_and_stepping_back_stay_two_points_apart(plan_document):
    document = spoiled(plan_document, (*PLACE, 1, "median", "value"), 4)
    parse_plan(document)
    document = spoiled(document, ("phases", IMPACT, "step_back", 0, "average", "value"), 5)
    with pytest.raises(InvalidPlan, match="phases.low_impact.step_back: its pain limit must lie at least 2 points"):
        parse_plan(document)
