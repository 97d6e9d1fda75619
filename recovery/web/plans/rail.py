"""The side of every draft page: phases and other parts with how much changed in each, and the changes in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from recovery.models import PlanVersion

from .changes import Change, changes

PARTS = ("thresholds", "run_levels", "exercises")


@dataclass(frozen=True, slots=True)
class Stop:
    """One phase on the rail; `changed` counts its differences from the live version."""

    key: str
    title: str
    number: int
    changed: int


@dataclass(frozen=True, slots=True)
class Rail:
    """Phases in order, counts of the other parts, and every change from the live version."""

    phases: list[Stop]
    parts: Mapping[str, int]
    changes: list[Change]
    live_number: int | None


def build_rail(draft: PlanVersion, document: Mapping, live: Mapping) -> Rail:
    """The rail of a draft."""
    found = changes(live, document)
    counts = {page: sum(change.page == page for change in found) for page in {change.page for change in found}}
    stops = [
        Stop(phase["key"], phase["title"], number, counts.get(phase["key"], 0))
        for number, phase in enumerate(document["phases"], start=1)
    ]
    parts = {part: counts.get(part, 0) for part in PARTS}
    return Rail(stops, parts, found, draft.based_on.number if draft.based_on else None)
