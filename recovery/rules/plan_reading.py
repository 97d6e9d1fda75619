"""Reads a plan document into a PlanSpec and names every place where something is wrong."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from recovery.rules.conditions import CONDITIONS, Bound, days
from recovery.rules.facts import PHASES, RUN_LEVELS
from recovery.rules.plan import (
    Criterion,
    IntervalSet,
    InvalidPlan,
    PhaseSpec,
    PlanSpec,
    Quantity,
    RunLevel,
    StartLevel,
)
from recovery.rules.plan_checks import check_plan
from recovery.rules.thresholds import THRESHOLDS

DESIGN = "design"  # a value derived from the sources, not published as such
RATIO_UNIT = "ratio"
TOP_LEVEL = ("key", "title", "approval", "sources", "thresholds", "phases", "run_levels", "start_levels")
FOR_READERS = ("articles",)  # of a phase: which texts it offers, nothing a rule reads
FOR_OTHERS = ("translations", "exercises", "prescriptions", "stop_codes", "caution_codes")
PHASE_KEYS = (
    "key",
    "title",
    "goal",
    "allowed",
    "forbidden",
    "entry",
    "advance",
    "hold",
    "step_back",
    "plateau_days",
    *FOR_READERS,
)
PLATEAU = days(3, 84)


def read_plan(document: Mapping) -> PlanSpec:
    """Build the plan, or raise InvalidPlan with all its faults."""
    reading = Reading()
    if not isinstance(document, Mapping):
        raise InvalidPlan("plan: must be a mapping")
    plan = reading.plan(document)
    if not reading.faults:
        reading.faults += check_plan(plan)
    if reading.faults:
        raise InvalidPlan(*reading.faults)
    return plan


class Reading:
    """One pass over a document; collects faults and goes on with a harmless stand-in."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.sources: Mapping[str, str] = {}

    def fault(self, place: str, sentence: str) -> None:
        """Remember what is wrong where."""
        self.faults.append(f"{place}: {sentence}")

    def plan(self, document: Mapping) -> PlanSpec:
        """The whole document."""
        self.known_keys("plan", document, (*TOP_LEVEL, *FOR_OTHERS))
        self.sources = self.texts("sources", document.get("sources"))
        return PlanSpec(
            key=self.text("key", document.get("key")),
            title=self.text("title", document.get("title")),
            approval=self.texts("approval", document.get("approval")),
            sources=self.sources,
            thresholds=self.quantities("thresholds", document.get("thresholds"), THRESHOLDS),
            phases=self.phases(document.get("phases")),
            run_levels=self.many("run_levels", document.get("run_levels"), self.run_level),
            start_levels=self.many("start_levels", document.get("start_levels"), self.start_level),
        )

    def phases(self, node: object) -> tuple[PhaseSpec, ...]:
        """All phases in their fixed order."""
        keys = [item.get("key") if isinstance(item, Mapping) else None for item in self.listed("phases", node)]
        if keys != list(PHASES):
            self.fault("phases", "must be exactly these, in this order: " + ", ".join(PHASES))
            return ()
        return self.many("phases", node, self.phase)

    def phase(self, place: str, node: Mapping) -> PhaseSpec:
        """One phase."""
        place = f"phases.{node['key']}"
        self.known_keys(place, node, PHASE_KEYS)
        plateau = node.get("plateau_days")
        return PhaseSpec(
            key=node["key"],
            position=PHASES.index(node["key"]),
            title=self.text(f"{place}.title", node.get("title")),
            goal=self.text(f"{place}.goal", node.get("goal")),
            allowed=self.lines(f"{place}.allowed", node.get("allowed", [])),
            forbidden=self.lines(f"{place}.forbidden", node.get("forbidden", [])),
            entry=self.alternatives(f"{place}.entry", node.get("entry", []), "entry"),
            advance=self.alternatives(f"{place}.advance", node.get("advance", []), "advance"),
            step_back=self.criteria(f"{place}.step_back", node.get("step_back", []), "step_back"),
            hold=self.criteria(f"{place}.hold", node.get("hold", []), "hold"),
            plateau_days=None if plateau is None else self.quantity(f"{place}.plateau_days", plateau, PLATEAU),
        )

    def alternatives(self, place: str, node: object, purpose: str) -> tuple[tuple[Criterion, ...], ...]:
        """A list of alternatives, each a list of conditions which must all hold."""
        return tuple(
            self.criteria(f"{place}[{index}]", item, purpose) for index, item in enumerate(self.listed(place, node))
        )

    def criteria(self, place: str, node: object, purpose: str) -> tuple[Criterion, ...]:
        """A list of conditions."""
        found = self.many(place, node, lambda where, item: self.criterion(where, item, purpose))
        return tuple(item for item in found if item is not None)

    def criterion(self, place: str, node: Mapping, purpose: str) -> Criterion | None:
        """One condition of the vocabulary with all its parameters."""
        name = node.get("condition")
        condition = CONDITIONS.get(name) if isinstance(name, str) else None
        if condition is None or condition.purpose != purpose:
            known = ", ".join(item.name for item in CONDITIONS.values() if item.purpose == purpose)
            self.fault(f"{place}.condition", f"must be one of {known}")
            return None
        to = node.get("to")
        if purpose == "step_back" and to not in PHASES:
            self.fault(f"{place}.to", "must be one of " + ", ".join(PHASES))
        given = {key: value for key, value in node.items() if key not in ("condition", "to")}
        if to is not None and purpose != "step_back":
            self.fault(f"{place}.to", "belongs to a step back only")
        return Criterion(condition.name, self.quantities(f"{place}", given, condition.parameters), to)

    def quantities(self, place: str, node: object, bounds: Mapping[str, Bound]) -> dict[str, Quantity]:
        """Named numbers: every required one, no unknown one."""
        given = node if isinstance(node, Mapping) else {}
        self.known_keys(place, given, tuple(bounds))
        missing = [name for name, bound in bounds.items() if name not in given and not bound.optional]
        for name in missing:
            self.fault(f"{place}.{name}", "is missing")
        return {
            name: self.quantity(f"{place}.{name}", given[name], bound)
            for name, bound in bounds.items()
            if name in given
        }

    def quantity(self, place: str, node: object, bound: Bound) -> Quantity:
        """One number with unit, source and allowed range."""
        given = node if isinstance(node, Mapping) else {}
        self.known_keys(place, given, ("value", "unit", "source", "allowed"))
        if given.get("unit") != bound.unit:
            self.fault(f"{place}.unit", f"must be {bound.unit}")
        source = given.get("source")
        if not isinstance(source, str) or (source != DESIGN and source not in self.sources):
            self.fault(f"{place}.source", f"must be a key of sources or {DESIGN}")
        low, high = self.allowed(place, given.get("allowed"), bound)
        value: Any = given.get("value")
        if not _number(value, bound) or not low <= value <= high:
            self.fault(f"{place}.value", f"must be a {_kind(bound)} from {low} to {high} ({bound.unit})")
            value = bound.lowest
        return Quantity(value, bound.unit, str(source), low, high)

    def allowed(self, place: str, node: object, bound: Bound) -> tuple:
        """The range of a number, inside the bounds of the code."""
        pair = node if isinstance(node, list | tuple) and len(node) == 2 else (None, None)
        low: Any = pair[0]
        high: Any = pair[1]
        numbers = _number(low, bound) and _number(high, bound)
        if numbers and bound.lowest <= low <= high <= bound.highest:
            return low, high
        self.fault(f"{place}.allowed", f"must be two ordered numbers within {bound.lowest} to {bound.highest}")
        return bound.lowest, bound.highest

    def run_level(self, place: str, node: Mapping) -> RunLevel:
        """One step of the run ladder."""
        self.known_keys(place, node, ("key", "sets", "run_minutes", "source"))
        if node.get("key") not in RUN_LEVELS:
            self.fault(f"{place}.key", f"must be one of {', '.join(RUN_LEVELS)}")
        source = node.get("source")
        if not isinstance(source, str) or (source != DESIGN and source not in self.sources):
            self.fault(f"{place}.source", f"must be a key of sources or {DESIGN}")
        sets = self.many(f"{place}.sets", node.get("sets"), self.interval_set)
        return RunLevel(str(node.get("key")), sets, self.minutes(place, node, "run_minutes"), str(source))

    def interval_set(self, place: str, node: Mapping) -> IntervalSet:
        """One block of a run session."""
        self.known_keys(place, node, ("walk_minutes", "run_minutes", "repeats", "pickups"))
        return IntervalSet(
            walk_minutes=self.minutes(place, node, "walk_minutes"),
            run_minutes=self.minutes(place, node, "run_minutes"),
            repeats=self.count(f"{place}.repeats", node.get("repeats"), 1),
            pickups=self.count(f"{place}.pickups", node.get("pickups", 0), 0),
        )

    def start_level(self, place: str, node: Mapping) -> StartLevel:
        """One line of the table that picks the first run level."""
        self.known_keys(place, node, ("level", "within_days"))
        within = node.get("within_days")
        quantity = None if within is None else self.quantity(f"{place}.within_days", within, days(1, 60))
        return StartLevel(self.text(f"{place}.level", node.get("level")), quantity)

    def minutes(self, place: str, node: Mapping, name: str) -> Any:
        """Minutes from 0 to 60."""
        value: Any = node.get(name)
        if not _number(value, Bound(RATIO_UNIT, 0, 60)) or not 0 <= value <= 60:
            self.fault(f"{place}.{name}", "must be a number of minutes from 0 to 60")
            return 0
        return value

    def count(self, place: str, value: object, lowest: int) -> int:
        """A small whole number."""
        if type(value) is int and lowest <= value <= 20:
            return value
        self.fault(place, f"must be a whole number from {lowest} to 20")
        return lowest

    def many(self, place: str, node: object, read: Callable[[str, Mapping], Any]) -> tuple:
        """A list of mappings, each read by `read`."""
        found = []
        for index, item in enumerate(self.listed(place, node)):
            if isinstance(item, Mapping):
                found.append(read(f"{place}[{index}]", item))
            else:
                self.fault(f"{place}[{index}]", "must be a mapping")
        return tuple(found)

    def listed(self, place: str, node: object) -> list | tuple:
        """A list."""
        if isinstance(node, list | tuple):
            return node
        self.fault(place, "must be a list")
        return ()

    def lines(self, place: str, node: object) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.text(f"{place}[{index}]", item) for index, item in enumerate(self.listed(place, node)))

    def text(self, place: str, value: object) -> str:
        """A text that says something."""
        if isinstance(value, str) and value.strip():
            return value
        self.fault(place, "must be a text")
        return ""

    def texts(self, place: str, node: object) -> dict[str, str]:
        """A mapping from names to texts."""
        if not isinstance(node, Mapping) or not node:
            self.fault(place, "must be a mapping of texts")
            return {}
        return {str(key): self.text(f"{place}.{key}", value) for key, value in node.items()}

    def known_keys(self, place: str, node: Mapping, known: Iterable[str]) -> None:
        """Refuse keys nobody would read."""
        for key in node:
            if key not in known:
                self.fault(f"{place}.{key}", "is not known here")


def _number(value: Any, bound: Bound) -> bool:
    """Whether this is a finite number, whole unless the unit is a ratio."""
    if bound.unit == RATIO_UNIT and type(value) is float:
        return math.isfinite(value)
    return type(value) is int


def _kind(bound: Bound) -> str:
    return "number" if bound.unit == RATIO_UNIT else "whole number"
