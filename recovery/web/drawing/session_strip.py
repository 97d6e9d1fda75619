"""Weeks of sessions in a row: full, half, empty, a dash where nothing was due, a dot where nobody told."""

from collections.abc import Sequence
from dataclasses import dataclass

from .paths import tidy

SIZE, GAP, WEEK_GAP, HEIGHT = 8, 2, 5, 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: where it stands and how its session went."""

    x: float
    middle: float
    state: str


@dataclass(frozen=True, slots=True)
class SessionStrip:
    """The days, oldest first."""

    cells: tuple[Cell, ...]
    width: int
    size: int = SIZE
    height: int = HEIGHT


def draw_session_strip(states: Sequence[str | None]) -> SessionStrip:
    """A cell for each day, oldest first; weeks, counted from the newest day, stand a little apart."""
    cells, x = [], 0.0
    for place, state in enumerate(states):
        left = len(states) - place
        if place and left % 7 == 0:
            x += WEEK_GAP
        cells.append(Cell(tidy(x), tidy(x + SIZE / 2), state or ""))
        x += SIZE + GAP
    return SessionStrip(tuple(cells), max(1, round(x - GAP)))
