"""Reads a replay case (plain JSON values) into facts; each refusal names the field and what is allowed."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date, timedelta
from typing import Any

from recovery.rules.checks import EARLIEST_DAY, LATEST_DAY, InvalidFact
from recovery.rules.facts import (
    CheckInFact,
    ClearanceFact,
    DayFacts,
    IntakeFact,
    OverrideFact,
    SessionFact,
    StartFact,
    TighteningFact,
)

LABELS = ("id", "title", "note")
REQUIRED = ("intake", "check_ins", "as_of")
OPTIONAL = ("plan", "start", "readiness_passed_on", "clearances")
EXTENSIONS = ("intakes", "overrides", "reviews", "tolerant_gate_on", "tightenings")
LONGEST_DAYS = 3653
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class InvalidCase(InvalidFact):
    """A replay case that cannot be run."""


@dataclass(frozen=True, slots=True)
class Case:
    """A checked case: intake, start and what became known on each day that has anything."""

    intake: IntakeFact
    start: StartFact | None
    days: Mapping[date, DayFacts]
    as_of: date


def read_case(document: object) -> Case:
    """Check a whole case; raises InvalidCase."""
    try:
        return _case(document)
    except InvalidCase:
        raise
    except InvalidFact as fault:
        raise InvalidCase(fault.field, fault.allowed) from fault


def _case(document: object) -> Case:
    given = fields("case", document, REQUIRED, (*OPTIONAL, *EXTENSIONS, *LABELS))
    intake = built("intake", IntakeFact, given["intake"], _intake_values)
    start = None if given.get("start") is None else built("start", StartFact, given["start"])
    as_of = a_date("as_of", given["as_of"])
    latest = intake.started_on + timedelta(days=LONGEST_DAYS)
    if not intake.started_on <= as_of <= latest:
        raise InvalidCase("as_of", f"must be a day from {intake.started_on} (started_on) to {latest}")
    days: dict[date, DayFacts] = {}
    for day, name, value in _events(given, intake):
        days[day] = replace(days.get(day) or DayFacts(day), **{name: value})
    return Case(intake, start, days, as_of)


def _events(given: Mapping, intake: IntakeFact) -> Iterator[tuple[date, str, Any]]:
    """Everything that happened, each with its day and the name it has among the facts of a day."""
    first = intake.started_on
    for answers in _in_order("check_ins", given["check_ins"], check_in_from_json, first):
        yield answers.day, "check_in", answers
    for clearance in _in_order("clearances", given.get("clearances"), _clearance, first):
        yield clearance.day, "clearance", clearance
    for override in _in_order("overrides", given.get("overrides"), _override, first):
        yield override.day, "override", override
    for limit in _in_order("tightenings", given.get("tightenings"), _tightening, first):
        yield limit.day, "tightenings", (limit,)
    for again in _in_order("intakes", given.get("intakes"), _intake_again(intake), first):
        yield again.started_on, "intake", again
    for review in _in_order("reviews", given.get("reviews"), _review, first):
        yield review.day, "review", True
    for field, name in (("readiness_passed_on", "readiness_passed"), ("tolerant_gate_on", "tolerant_gate")):
        if given.get(field) is not None:
            yield max(first, a_date(field, given[field])), name, True


def _in_order(place: str, node: object, read: Callable[[str, object], Any], first: date) -> Iterator[Any]:
    """The items of a list, one per day and in the order of the days."""
    if node is not None and not isinstance(node, list | tuple):
        raise InvalidCase(place, "must be a list")
    previous: date | None = None
    for index, item in enumerate(node or ()):
        found = read(f"{place}[{index}]", item)
        day = found.started_on if isinstance(found, IntakeFact) else found.day
        if day < first:
            raise InvalidCase(f"{place}[{index}].day", f"must be a day from {first} (started_on) on")
        if previous is not None and day <= previous:
            raise InvalidCase(f"{place}[{index}].day", f"must be after {previous}, the one before it in the list")
        previous = day
        yield found


def check_in_from_json(place: str, node: object) -> CheckInFact:
    """One day's answers from plain values."""
    return built(place, CheckInFact, node, _check_in_values)


def _check_in_values(place: str, values: dict) -> dict:
    if values.get("session") is not None:
        values["session"] = built(f"{place}.session", SessionFact, values["session"])
    else:
        values.pop("session", None)
    if "red_flags" in values:
        values["red_flags"] = a_tuple(f"{place}.red_flags", values["red_flags"])
    return values


def _intake_values(place: str, values: dict) -> dict:
    values.setdefault("last_run_on", None)
    for name in ("red_flags", "cautions"):
        if name in values:
            values[name] = a_tuple(f"{place}.{name}", values[name])
    return values


def _clearance(place: str, node: object) -> ClearanceFact:
    return built(place, ClearanceFact, node)


def _override(place: str, node: object) -> OverrideFact:
    return built(place, OverrideFact, node, lambda _, values: {"run_level": None, **values})


def _tightening(place: str, node: object) -> TighteningFact:
    return built(place, TighteningFact, node)


def _intake_again(intake: IntakeFact) -> Callable[[str, object], IntakeFact]:
    """A later intake repeats what it does not say anew."""

    def read(place: str, node: object) -> IntakeFact:
        names = ("onset_on", "last_run_on", "red_flags", "cautions")
        given = fields(place, node, ("day", "average"), names)
        known = {
            "started_on": given["day"],
            "onset_on": intake.onset_on.isoformat(),
            "last_run_on": None,
            "age": intake.age,
            "first_episode": False,
        }
        known.update({name: value for name, value in given.items() if name != "day"})
        return built(place, IntakeFact, known, _intake_values)

    return read


@dataclass(frozen=True, slots=True)
class _Review:
    day: date


def _review(place: str, node: object) -> _Review:
    return _Review(a_date(f"{place}.day", fields(place, node, ("day",), ())["day"]))


def built(place: str, kind: type, node: object, prepare: Callable[[str, dict], dict] | None = None) -> Any:
    """A fact from a mapping whose keys are the fact's own names; days are ISO texts."""
    names = tuple(field.name for field in dataclass_fields(kind))
    values = dict(fields(place, node, (), names))
    values = prepare(place, values) if prepare else values
    for name, value in values.items():
        if name == "day" or name == "until" or name.endswith("_on"):
            values[name] = None if value is None else a_date(f"{place}.{name}", value)
    needed = [name for name in names if name not in values and not _has_default(kind, name)]
    if needed:
        raise InvalidCase(f"{place}.{needed[0]}", "is missing")
    try:
        return kind(**values)
    except InvalidFact as fault:
        inner = fault.field.removeprefix("session.") if kind is SessionFact else fault.field
        raise InvalidCase(f"{place}.{inner}", fault.allowed) from fault


def _has_default(kind: type, name: str) -> bool:
    return any(field.name == name and field.default is not MISSING for field in dataclass_fields(kind))


def fields(place: str, node: object, required: tuple[str, ...], optional: tuple[str, ...]) -> Mapping:
    """A mapping with the required keys and no unknown ones."""
    if not isinstance(node, Mapping):
        raise InvalidCase(place, "must be an object")
    for name in required:
        if name not in node:
            raise InvalidCase(name if place == "case" else f"{place}.{name}", "is missing")
    for name in node:
        if name not in (*required, *optional):
            shown = re.sub(r"[^\w.-]", "?", str(name))[:40]
            where = shown if place == "case" else f"{place}.{shown}"
            raise InvalidCase(where, "is not known; allowed are " + ", ".join((*required, *optional)))
    return node


def a_tuple(place: str, node: object) -> tuple:
    """A list of texts."""
    if not isinstance(node, list | tuple) or not all(isinstance(item, str) for item in node):
        raise InvalidCase(place, "must be a list of codes")
    return tuple(node)


def a_date(place: str, value: object) -> date:
    """A day as YYYY-MM-DD."""
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if EARLIEST_DAY <= day <= LATEST_DAY:
            return day
    raise InvalidCase(place, f"must be a day as YYYY-MM-DD from {EARLIEST_DAY} to {LATEST_DAY}")
