"""A walk-run session as terrain: walking is low ground, running is high ground."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .paths import tidy

WIDTH, GAP = 340, 1.5
WARM_UP_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a session: `kind` walk or run, minutes, place and width."""

    kind: str
    minutes: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Terrain:
    """A session from the first to the last step."""

    stretches: tuple[Stretch, ...]
    minutes: int | float
    run_minutes: int | float


def draw_terrain(sets: Sequence[Mapping], warm_up: float = WARM_UP_MINUTES) -> Terrain:
    """The terrain of a run level's sets, with walking before and after."""
    plan = [("walk", warm_up)]
    for part in sets:
        once = [("walk", part.get("walk_minutes") or 0), ("run", part.get("run_minutes") or 0)]
        plan += [leg for leg in once * int(part.get("repeats") or 1) if leg[1]]
    plan.append(("walk", warm_up))
    plan = [leg for leg in plan if leg[1]]
    total = sum(minutes for _, minutes in plan) or 1
    stretches, elapsed = [], 0.0
    for kind, minutes in plan:
        x, width = elapsed / total * WIDTH, minutes / total * WIDTH
        stretches.append(Stretch(kind, minutes, tidy(x + GAP / 2), tidy(max(width - GAP, 1))))
        elapsed += minutes
    return Terrain(tuple(stretches), tidy(total), tidy(sum(minutes for kind, minutes in plan if kind == "run")))
