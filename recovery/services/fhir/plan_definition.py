"""A plan as a PlanDefinition: its phases as actions with goals, their criteria as conditions, their doses as timing."""

from collections.abc import Iterator, Mapping
from typing import Any

from recovery.rules.facts import PHASES, RUNNING_PHASE

from .doses import prescribed
from .edition import Edition, action_id
from .extensions import Json, plan_number

LANGUAGE = "text/x-backstride-condition"
PAIN = {"system": "http://loinc.org", "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating"}
PROTOCOL = {"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "clinical-protocol"}
USAGE = (
    "Each phase is an action. Its children are the exercises prescribed in it and the ways out of it: to the next "
    "phase when every condition of one child holds, back to an earlier one, or staying. A condition is a word of the "
    "closed vocabulary with its numbers; each number is an extension with unit, source and allowed range. Warning "
    "signs stop the plan in every phase and are no part of it."
)


def plan_definition(edition: Edition, document: Mapping) -> Json:
    """The whole plan without its exercises."""
    approval = document["approval"]
    return {
        "resourceType": "PlanDefinition",
        **edition.head("PlanDefinition"),
        "title": document["title"],
        "type": {"coding": [PROTOCOL]},
        "description": f"{document['title']}. {approval['note']}.",
        "usage": USAGE,
        "relatedArtifact": edition.citations(document["sources"], document["sources"]),
        "extension": [plan_number(edition.base, name, one) for name, one in document["thresholds"].items()],
        "goal": [_goal(phase) for phase in document["phases"]],
        "action": [_entry(edition, document), *(_phase(edition, document, phase) for phase in document["phases"])],
    }


def _goal(phase: Mapping) -> Json:
    """What the phase is for; where moving on asks for a pain limit, that is its target."""
    measured = [limit for way in phase.get("advance") or () for one in way for limit in _pain_limits(one)]
    targets = [{"measure": {"coding": [PAIN]}, "detailRange": {"high": _points(limit)}} for limit in measured]
    goal: Json = {"id": _goal_id(phase["key"]), "description": {"text": phase["goal"]}}
    return goal | ({"target": targets} if targets else {})


def _pain_limits(condition: Mapping) -> Iterator[int]:
    yield from (condition[name]["value"] for name in ("median", "average") if name in condition)


def _points(value: int) -> Json:
    return {"value": value, "unit": "points"}


def _entry(edition: Edition, document: Mapping) -> Json:
    """Where the starting questions lead."""
    ways = [
        _way(edition, f"entry-{phase['key']}-{number}", phase["title"], way, phase["key"])
        for phase in document["phases"]
        for number, way in enumerate(phase.get("entry") or (), start=1)
    ]
    return {"id": "entry", "title": "Entry", "selectionBehavior": "exactly-one", "action": ways}


def _phase(edition: Edition, document: Mapping, phase: Mapping) -> Json:
    """One phase with its exercises, its run levels and its ways out."""
    key = phase["key"]
    children = [
        *(prescribed(edition, key, item) for item in document["prescriptions"][key]),
        *([_run_levels(edition, document)] if key == RUNNING_PHASE else ()),
        *_ways_out(edition, phase),
    ]
    action: Json = {
        "id": action_id(key),
        "prefix": str(PHASES.index(key) + 1),
        "title": phase["title"],
        "description": _content(phase),
        "goalId": [_goal_id(key)],
        "groupingBehavior": "logical-group",
        "action": children,
    }
    if phase.get("plateau_days"):
        action["extension"] = [plan_number(edition.base, "plateau_days", phase["plateau_days"])]
    return action


def _content(phase: Mapping) -> str:
    lists = (("Allowed", phase.get("allowed")), ("Not yet", phase.get("forbidden")))
    return " ".join(f"{name}: {'; '.join(items)}." for name, items in lists if items) or phase["title"]


def _ways_out(edition: Edition, phase: Mapping) -> Iterator[Json]:
    key = phase["key"]
    following = dict(zip(PHASES, PHASES[1:], strict=False)).get(key, key)
    for number, way in enumerate(phase.get("advance") or (), start=1):
        yield _way(edition, f"{key}-advance-{number}", "Move on", way, following)
    for number, one in enumerate(phase.get("step_back") or (), start=1):
        yield _way(edition, f"{key}-step-back-{number}", "Step back", [one], one["to"])
    for number, one in enumerate(phase.get("hold") or (), start=1):
        yield _way(edition, f"{key}-hold-{number}", "Stay", [one], None)


def _way(edition: Edition, name: str, title: str, way: list[Mapping], leads_to: str | None) -> Json:
    """One way: all its conditions must hold together."""
    action: Json = {"id": action_id(name), "title": title, "condition": [_condition(edition, one) for one in way]}
    if leads_to:
        action["relatedAction"] = [{"actionId": action_id(leads_to), "relationship": "before-start"}]
    return action


def _condition(edition: Edition, criterion: Mapping) -> Json:
    numbers: dict[str, Any] = {name: one for name, one in criterion.items() if name not in ("condition", "to")}
    said = ", ".join(f"{name}={one['value']}" for name, one in numbers.items())
    found: Json = {
        "kind": "applicability",
        "expression": {"language": LANGUAGE, "expression": f"{criterion['condition']}({said})"},
    }
    if numbers:
        found["extension"] = [plan_number(edition.base, name, one) for name, one in numbers.items()]
    return found


def _run_levels(edition: Edition, document: Mapping) -> Json:
    """The ladder: one level at a time, each made of walking and running."""
    levels = [_level(edition, level, document["sources"]) for level in document["run_levels"]]
    starts = [
        plan_number(edition.base, f"start_{row['level']}_within_days", row["within_days"])
        for row in document["start_levels"]
        if row.get("within_days")
    ]
    action: Json = {"id": "run-levels", "title": "Run levels", "selectionBehavior": "exactly-one", "action": levels}
    return action | ({"extension": starts} if starts else {})


def _level(edition: Edition, level: Mapping, sources: Mapping) -> Json:
    parts = [
        _minutes(f"{level['key']}-{number}-{name}", name, one[f"{name}_minutes"], one["repeats"])
        for number, one in enumerate(level["sets"], start=1)
        for name in ("walk", "run")
        if one[f"{name}_minutes"]
    ]
    cited = edition.citations([level["source"]], sources)
    action: Json = {"id": level["key"], "title": level["key"], "groupingBehavior": "sentence-group", "action": parts}
    return action | ({"documentation": cited} if cited else {})


def _minutes(name: str, what: str, minutes: float, times: int) -> Json:
    repeat = {"count": times, "duration": minutes, "durationUnit": "min"}
    return {"id": name, "title": what.title(), "timingTiming": {"repeat": repeat}}


def _goal_id(key: str) -> str:
    return action_id(f"goal-{key}")
