"""The rows of a pain chart: decision marks, morning bars, sessions done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .chart_frame import Frame
from .paths import tidy

KINDS = {
    "advance": "advance",
    "level_up": "advance",
    "step_back": "back",
    "level_down": "back",
    "stop": "stop",
    "reintake": "body",
}
GLYPHS = {
    "advance": "M-4 1.6l4 -4l4 4",
    "back": "M-4 -1.6l4 4l4 -4",
    "body": "M-3.4 3.4l6.8 -6.8",
    "stop": "M0 -4v4.5m0 3.4v.1",
}


class Day(Protocol):
    """What these rows read of a day."""

    morning: int | None
    outcome: str | None
    session: str | None
    overridden: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision: its kind, place, size (1 is a radius of 9) and the glyph inside, drawn around the origin."""

    kind: str
    x: float
    y: float
    scale: float
    glyph: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Pain or stiffness on getting up."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A day's session: done, part or skipped."""

    x: float
    y: float
    size: float
    state: str


def kind_of(day: Day) -> str | None:
    """The kind of mark a day gets: moves and stops, and a clinician's change; an ordinary stay gets none."""
    return "body" if day.overridden else KINDS.get(day.outcome or "")


def marks(days: Sequence[Day], frame: Frame) -> list[Mark]:
    """The marks of the days that moved, smaller when many days share the width."""
    radius = min(frame.mark_radius, max(5, frame.step(len(days)) * 0.9))
    kinds = ((i, kind_of(day)) for i, day in enumerate(days))
    return [
        Mark(kind, frame.x(i, len(days)), frame.marks_y, tidy(radius / 9), GLYPHS[kind])
        for i, kind in kinds
        if kind is not None
    ]


def morning_bars(days: Sequence[Day], frame: Frame) -> list[Bar]:
    """A bar a day for the morning, where the frame has a row for it."""
    if frame.morning_base is None:
        return []
    step = frame.step(len(days))
    width = tidy(step * 0.54)
    drawn = []
    for i, day in enumerate(days):
        if day.morning is None:
            continue
        height = tidy(max(day.morning * frame.morning_height / 10, 1))
        x = tidy(frame.x(i, len(days)) - width / 2)
        drawn.append(Bar(x, tidy(frame.morning_base - height), width, height))
    return drawn


def done_cells(days: Sequence[Day], frame: Frame) -> list[Cell]:
    """A cell a day for the session, where the frame has a row for it."""
    if frame.done_y is None:
        return []
    size = tidy(min(12, frame.step(len(days)) * 0.7))
    return [
        Cell(tidy(frame.x(i, len(days)) - size / 2), frame.done_y, size, day.session)
        for i, day in enumerate(days)
        if day.session in {"done", "part", "skipped"}
    ]
