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
    "advance": ((-4, 1.6), "l4 -4l4 4"),
    "back": ((-4, -1.6), "l4 4l4 -4"),
    "body": ((-3.4, 3.4), "l6.8 -6.8"),
    "stop": ((0, -4), "v4.5m0 3.4v.1"),
}


class Day(Protocol):
    """What these rows read of a day."""

    morning: int | None
    outcome: str | None
    session: str | None
    overridden: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision: its kind, place and the glyph inside."""

    kind: str
    x: float
    y: float
    r: float
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
    radius = tidy(min(frame.mark_radius, max(4.5, frame.step(len(days)) * 0.9)))
    scale = radius / frame.mark_radius
    drawn = []
    for i, day in enumerate(days):
        kind = kind_of(day)
        if kind is None:
            continue
        x = frame.x(i, len(days))
        (dx, dy), rest = GLYPHS[kind]
        glyph = f"M{tidy(x + dx)} {tidy(frame.marks_y + dy)}{rest}" if scale > 0.75 else ""
        drawn.append(Mark(kind, x, frame.marks_y, radius, glyph))
    return drawn


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
