"""What differs between two plan documents, part by part; the words for it live in templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .dose_parts import parts_of

CHANGED, ADDED, REMOVED, REORDERED = "changed", "added", "removed", "reordered"
ORDERED = "prescriptions"
"""The collection in which the order of equal parts matters by itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that was changed, added, removed or put in another order.

    `path` names the part by keys, never by position: ("phases", "rest", "prescriptions", "EX02", "dose", "sets").
    """

    kind: str
    path: tuple[str, ...]
    before: Any = None
    after: Any = None


def differences(before: Mapping, after: Mapping) -> list[Difference]:
    """All differences in the order of the plan; none for two documents that say the same."""
    return list(_compare((), by_key(before), by_key(after)))


def by_key(document: Mapping) -> dict:
    """The document as nested mappings: every list of things becomes a mapping from their keys."""
    prescriptions = document.get("prescriptions", {})
    return {
        "title": document["title"],
        "thresholds": document["thresholds"],
        "phases": {phase["key"]: _phase(phase, prescriptions.get(phase["key"], [])) for phase in document["phases"]},
        "run_levels": _keyed(document["run_levels"], "key"),
        "start_levels": _keyed(document.get("start_levels", []), "level"),
        "exercises": _with_translations(_keyed(document.get("exercises", []), "code"), document),
        "sources": document.get("sources", {}),
    }


def _phase(phase: Mapping, prescribed: list) -> dict:
    ways = {
        purpose: {str(way): _keyed(conditions, "condition") for way, conditions in enumerate(phase.get(purpose) or [])}
        for purpose in ("entry", "advance")
    }
    back = {
        f"{rule['condition']} {rule['to']}": _without(rule, "condition", "to") for rule in phase.get("step_back") or []
    }
    hold = _keyed(phase.get("hold") or [], "condition")
    words = {name: phase.get(name) for name in ("title", "goal", "allowed", "forbidden")}
    extras = {name: phase[name] for name in ("plateau_days", "articles") if phase.get(name)}
    return {
        **words,
        **ways,
        "hold": hold,
        "step_back": back,
        **extras,
        ORDERED: {item["exercise"]: _item(item) for item in prescribed},
    }


def _item(item: Mapping) -> dict:
    return {
        "focus": bool(item.get("focus")),
        "days": item.get("days", "daily"),
        "dose": parts_of(item.get("dose", {})),
    }


def _with_translations(exercises: dict, document: Mapping) -> dict:
    """The words in other languages as parts of their exercises, such as `name (es)`."""
    for language, translated in document.get("translations", {}).items():
        for code, texts in translated.items():
            exercises[code] = exercises[code] | {f"{part} ({language})": text for part, text in texts.items()}
    return exercises


def _keyed(items: list, name: str) -> dict:
    return {item[name]: _without(item, name) for item in items}


def _without(item: Mapping, *names: str) -> dict:
    return {key: value for key, value in item.items() if key not in names}


def _compare(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Difference]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        if before != after:
            yield Difference(CHANGED, path, before, after)
        return
    for key in (*before, *(key for key in after if key not in before)):
        where = (*path, key)
        if key not in after:
            yield Difference(REMOVED, where, before=before[key])
        elif key not in before:
            yield Difference(ADDED, where, after=after[key])
        else:
            yield from _compare(where, before[key], after[key])
    if path and path[-1] == ORDERED:
        yield from _order(path, before, after)


def _order(path: tuple[str, ...], before: Mapping, after: Mapping) -> Iterator[Difference]:
    old, new = ([key for key in one if key in other] for one, other in ((before, after), (after, before)))
    if old != new:
        yield Difference(REORDERED, path, old, new)
