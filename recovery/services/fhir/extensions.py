"""The three extensions: a number of the plan, the parts of a dose FHIR has no word for, and a remark on an exercise."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

NUMBER, DOSE, REMARK = "plan-number", "exercise-dose", "exercise-remark"
EXPLAINED = {
    NUMBER: (
        "PlanNumber",
        "A number of the plan: its name, its value with unit, where it comes from, and the range it may be moved in.",
        ("PlanDefinition", "PlanDefinition.action", "PlanDefinition.action.condition"),
    ),
    DOSE: (
        "ExerciseDose",
        "How much of an exercise: sets, repeats, seconds held and whatever else timing cannot say, each by its name.",
        ("PlanDefinition.action",),
    ),
    REMARK: (
        "ExerciseRemark",
        "A remark on an exercise: a cue, a reason to stop, a caution, equipment, how to make it harder or easier.",
        ("ActivityDefinition",),
    ),
}


def address(base: str, name: str) -> str:
    """The canonical address of an extension."""
    return f"{base}/StructureDefinition/{name}"


def plan_number(base: str, name: str, quantity: Mapping) -> Json:
    """One number of the plan as an extension."""
    low, high = quantity["allowed"]
    unit = quantity["unit"]
    return {
        "url": address(base, NUMBER),
        "extension": [
            {"url": "name", "valueCode": name},
            {"url": "value", "valueQuantity": measured(quantity["value"], unit)},
            {"url": "source", "valueString": quantity["source"]},
            {"url": "allowed", "valueRange": {"low": measured(low, unit), "high": measured(high, unit)}},
        ],
    }


def dose(base: str, parts: Mapping) -> Json:
    """The parts of a dose by their names, each with the type its value has."""
    said = [
        _part(name, one) for name, value in parts.items() for one in (value if isinstance(value, list) else [value])
    ]
    return {"url": address(base, DOSE), "extension": said}


def remark(base: str, kind: str, text: str) -> Json:
    """One remark on an exercise."""
    said = [{"url": "kind", "valueCode": kind}, {"url": "text", "valueString": text}]
    return {"url": address(base, REMARK), "extension": said}


def measured(value: float, unit: str) -> Json:
    """A quantity in the plan's own unit."""
    return {"value": value, "unit": unit}


def definitions(base: str, version: str, status: str) -> list[Json]:
    """What the extensions mean, for whoever meets them without us."""
    return [_definition(base, version, status, key, *words) for key, words in EXPLAINED.items()]


def _part(name: str, value: object) -> Json:
    if isinstance(value, bool):
        return {"url": name, "valueBoolean": value}
    if isinstance(value, int):
        return {"url": name, "valueInteger": value}
    return (
        {"url": name, "valueDecimal": value} if isinstance(value, float) else {"url": name, "valueString": str(value)}
    )


def _definition(base: str, version: str, status: str, key: str, name: str, text: str, places: tuple) -> Json:
    return {
        "resourceType": "StructureDefinition",
        "id": key,
        "url": address(base, key),
        "version": version,
        "name": name,
        "status": status,
        "description": text,
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": place} for place in places],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": [{"id": "Extension", "path": "Extension", "short": name, "definition": text}]},
    }
