"""The plan as the rules read it: phases, criteria, run levels and thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recovery.rules.facts import PHASES

Number = int | float


class InvalidPlan(ValueError):
    """A plan that cannot be used; the text names each place and what is wrong there."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(self.faults)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the plan with its unit, its source and the range a clinician may move it in."""

    value: Number
    unit: str
    source: str
    lowest: Number
    highest: Number


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of the closed vocabulary with its parameters; a step back also names where `to`."""

    condition: str
    parameters: Mapping[str, Quantity]
    to: str | None = None
    limits: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", {name: item.value for name, item in self.parameters.items()})


@dataclass(frozen=True, slots=True)
class PhaseSpec:
    """One phase: how it is entered at intake, left forwards and backwards, and what is allowed in it.

    `entry` and `advance` are alternatives, each a tuple of conditions which must all hold; any one of `hold` keeps the
    patient where they are.
    """

    key: str
    position: int
    title: str
    goal: str
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]
    entry: tuple[tuple[Criterion, ...], ...]
    advance: tuple[tuple[Criterion, ...], ...]
    step_back: tuple[Criterion, ...]
    plateau_days: Quantity | None
    hold: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class IntervalSet:
    """One block of a run session, in minutes."""

    walk_minutes: Number
    run_minutes: Number
    repeats: int
    pickups: int = 0


@dataclass(frozen=True, slots=True)
class RunLevel:
    """One step of the run ladder; run minutes in total."""

    key: str
    sets: tuple[IntervalSet, ...]
    run_minutes: Number
    source: str


@dataclass(frozen=True, slots=True)
class StartLevel:
    """The run level to begin with when the last run is at most `within_days` ago (None: any time)."""

    level: str
    within_days: Quantity | None


@dataclass(frozen=True, slots=True, repr=False)
class PlanSpec:
    """A whole checked plan; build it with `parse_plan`."""

    key: str
    title: str
    approval: Mapping[str, str]
    sources: Mapping[str, str]
    thresholds: Mapping[str, Quantity]
    phases: tuple[PhaseSpec, ...]
    run_levels: tuple[RunLevel, ...]
    start_levels: tuple[StartLevel, ...]
    limits: Mapping[str, Any] = field(init=False)
    level_keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", {name: item.value for name, item in self.thresholds.items()})
        object.__setattr__(self, "level_keys", tuple(level.key for level in self.run_levels))

    def __repr__(self) -> str:
        return f"PlanSpec({self.key!r})"

    def phase(self, key: str) -> PhaseSpec:
        """The phase with this key."""
        return self.phases[PHASES.index(key)]


def parse_plan(document: Mapping) -> PlanSpec:
    """Check a plan document and build the plan; raises InvalidPlan naming every fault found."""
    from recovery.rules.plan_reading import read_plan

    return read_plan(document)
