"""A plan as FHIR R4: it fits the published models, and nothing of the plan is left out on the way."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from fhir.resources.R4B.bundle import Bundle

from recovery.content.plans import shipped
from recovery.models import PlanVersion
from recovery.rules.facts import PHASES
from recovery.services import plans
from recovery.services.fhir.bundle import bundle_of
from tests.factories import DAY_1, at, load_plan, make_user
from tests.recovery.web.plans.conftest import signed_in

pytestmark = pytest.mark.django_db
BASE = "https://back.example.org"
NOW = at(DAY_1)


@pytest.fixture(params=["lower-back-running", "six-step-walk-run"])
def document(request):
    return shipped(request.param)


@pytest.fixture
def bundle(document):
    version, _ = plans.load(document, NOW)
    return bundle_of(version, BASE)


def of_kind(bundle, kind: str) -> list[dict]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def walk(node):
    """Every mapping inside."""
    if isinstance(node, dict):
        yield node
        yield from (found for value in node.values() for found in walk(value))
    elif isinstance(node, list):
        yield from (found for value in node for found in walk(value))


def numbers(node) -> list[tuple]:
    """Each number of the plan inside, as name, value, unit, source and range."""
    found = []
    for one in walk(node):
        if one.get("url", "").endswith("plan-number") and "extension" in one:
            name, value, source, allowed = one["extension"]
            low, high = (allowed["valueRange"][end]["value"] for end in ("low", "high"))
            measured = value["valueQuantity"]
            found.append((name["valueCode"], measured["value"], measured["unit"], source["valueString"], low, high))
    return found


def quantities(node, name: str = "") -> list[tuple]:
    """The same of a plan document."""
    if isinstance(node, list):
        return [one for value in node for one in quantities(value, name)]
    if not isinstance(node, dict):
        return []
    if "allowed" in node and "unit" in node:
        return [(name, node["value"], node["unit"], node["source"], *node["allowed"])]
    return [one for key, value in node.items() for one in quantities(value, key)]


def test_it_fits_the_published_models_and_comes_back_the_same(bundle):
    again = json.loads(Bundle.model_validate(bundle).model_dump_json())
    dates = [entry["resource"].pop("date", "") for made in (bundle, again) for entry in made["entry"]]
    assert again == bundle and all(made[:10] in ("", "2026-03-02") for made in dates)
    assert all(node for node in walk(bundle)) and not any([] in node.values() for node in walk(bundle))


def test_every_phase_is_an_action_with_its_goal_and_leads_on_and_back(bundle, document):
    (plan,) = of_kind(bundle, "PlanDefinition")
    entry, *actions = plan["action"]
    assert [action["title"] for action in actions] == [phase["title"] for phase in document["phases"]]
    goals = {goal["id"]: goal["description"]["text"] for goal in plan["goal"]}
    assert [goals[action["goalId"][0]] for action in actions] == [phase["goal"] for phase in document["phases"]]
    assert len(entry["action"]) == sum(len(phase.get("entry", ())) for phase in document["phases"])
    for phase, action in zip(document["phases"], actions, strict=True):
        ways = {"Move on": 0, "Step back": 0, "Stay": 0}
        for child in action["action"]:
            if child.get("title") in ways:
                ways[child["title"]] += 1
        assert ways == {
            "Move on": len(phase["advance"]),
            "Step back": len(phase["step_back"]),
            "Stay": len(phase.get("hold", ())),
        }


def test_every_place_a_way_leads_to_is_an_action_and_every_exercise_is_defined(bundle):
    (plan,) = of_kind(bundle, "PlanDefinition")
    ids = [node["id"] for node in walk(plan["action"]) if "id" in node]
    assert len(ids) == len(set(ids))
    led = {node["actionId"] for node in walk(plan) if "actionId" in node}
    assert led <= set(ids) and led >= {phase.replace("_", "-") for phase in PHASES}
    defined = {f"{one['url']}|{one['version']}" for one in of_kind(bundle, "ActivityDefinition")}
    assert {node["definitionCanonical"] for node in walk(plan) if "definitionCanonical" in node} <= defined


def test_every_number_is_there_with_unit_source_and_range(bundle, document):
    (plan,) = of_kind(bundle, "PlanDefinition")
    left = ("thresholds", "phases")
    expected = quantities({name: document[name] for name in left})
    starts = [row["within_days"]["value"] for row in document["start_levels"] if row.get("within_days")]
    found = numbers(plan)
    assert sorted(expected) == sorted(one for one in found if not one[0].startswith("start_"))
    assert [one[1] for one in found if one[0].startswith("start_")] == starts


def test_every_dose_is_said_by_timing_or_extension(bundle, document):
    (plan,) = of_kind(bundle, "PlanDefinition")
    for phase, action in zip(PHASES, plan["action"][1:], strict=True):
        given = {child["id"].rpartition("-")[2]: child for child in action["action"] if "definitionCanonical" in child}
        for item in document["prescriptions"][phase]:
            said = json.dumps(given[item["exercise"]])
            for name, value in item["dose"].items():
                values = value if isinstance(value, list) else [value]
                assert all(json.dumps(one) in said for one in values) or name == "optional", (phase, item, name)
            must = given[item["exercise"]]["requiredBehavior"]
            assert must == ("could" if item["dose"].get("optional") else "must")


def test_every_run_level_is_its_walking_and_running_minutes(bundle, document):
    (plan,) = of_kind(bundle, "PlanDefinition")
    ladder = next(child for child in plan["action"][5]["action"] if child["id"] == "run-levels")
    for level, action in zip(document["run_levels"], ladder["action"], strict=True):
        runs = [part["timingTiming"]["repeat"] for part in action["action"] if part["title"] == "Run"]
        assert sum(one["count"] * one["duration"] for one in runs) == level["run_minutes"]


def test_an_exercise_says_how_with_every_remark_and_source(bundle, document):
    activities = {one["code"]["coding"][0]["code"]: one for one in of_kind(bundle, "ActivityDefinition")}
    for exercise in document["exercises"]:
        said = activities[exercise["code"]]
        remarks = json.dumps([one["extension"] for one in said["extension"]], ensure_ascii=False)
        assert said["description"] == exercise["how"]
        for text in (*exercise["cues"], *exercise["equipment"], exercise["progress"], exercise["regress"]):
            assert json.dumps(text, ensure_ascii=False) in remarks
        for code in exercise["cautions"]:
            assert json.dumps(document["caution_codes"][code], ensure_ascii=False) in remarks


def test_a_draft_says_that_it_is_one(document):
    plans.load(document, NOW)
    draft = plans.start_draft(document["key"], make_user("admin"), NOW)
    (plan,) = of_kind(bundle_of(draft, BASE), "PlanDefinition")
    assert (plan["status"], plan["version"], "date" in plan) == ("draft", "draft", False)
    assert Bundle.model_validate(bundle_of(draft, BASE))


def test_the_command_writes_what_the_page_downloads(tmp_path):
    load_plan()
    out = io.StringIO()
    call_command("export_fhir", stdout=out)
    page = signed_in(make_user("admin")).get("/plans/lower-back-running/1/fhir.json")
    assert page["Content-Type"] == "application/fhir+json; charset=utf-8"
    assert json.loads(page.content) == json.loads(out.getvalue())
    call_command("export_fhir", "--number", "1", "--to", str(tmp_path / "plan.json"))
    assert (tmp_path / "plan.json").read_bytes() == page.content
    with pytest.raises(CommandError, match="There is no such version"):
        call_command("export_fhir", "--draft")
    assert PlanVersion.objects.count() == 1
