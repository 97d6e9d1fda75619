"""The shipped plan with one thing spoiled: the refusal names the place."""

import copy
from typing import Any

import pytest

from recovery.rules.plan import InvalidPlan, parse_plan
from recovery.rules.replay import InvalidCase, replay
from tests.rules.notation import case

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


def test_all_faults_are_listed_at_once(plan_document):
    document = spoiled(plan_document, ("thresholds", "d_red", "value"), 9)
    document = spoiled(document, ("title",), None)
    with pytest.raises(InvalidPlan) as refusal:
        parse_plan(document)
    assert len(refusal.value.faults) == 2


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


WALK_RUN_STEPS = ((2, 3, 4), (2, 3, 6), (2, 4, 5), (2, 4, 6), (1, 4, 7), (0, 30, 1))


def walk_run_programme(document: dict) -> dict:
    """Six steps of walking and running (walk minutes, run minutes, times), two sessions each, a day between."""
    levels = [
        {
            "key": f"R{number}",
            "sets": [{"walk_minutes": walk, "run_minutes": run, "repeats": times}],
            "run_minutes": run * times,
            "source": "S33",
        }
        for number, (walk, run, times) in enumerate(WALK_RUN_STEPS, start=1)
    ]
    return {**document, "key": "six-step-walk-run", "run_levels": levels, "start_levels": [{"level": "R1"}]}


def test_a_published_walk_run_programme_needs_no_code(plan_document):
    plan = parse_plan(walk_run_programme(plan_document))
    two_runs = "1/1/1/1+D1 1/1/1/1 1/1/1/1+D1 1/1/1/1"
    days = replay(case("P5 R1, B 5, onset -30", two_runs), plan)
    assert (days[-1]["outcome"], days[-1]["run_level"]) == ("level_up", "R2")
    days = replay(case("P5 R6, B 5, onset -30", two_runs), plan)
    assert (days[-1]["outcome"], days[-1]["phase"]) == ("advance", "prevention")
    with pytest.raises(InvalidCase, match="start.run_level: must be one of R1, R2, R3, R4, R5, R6"):
        replay(case("P5 R7, B 5, onset -30", two_runs), plan)
