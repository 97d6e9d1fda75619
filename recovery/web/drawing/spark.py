"""A few weeks of pain in one table row; a dotted line stands for silence."""

from collections.abc import Sequence
from dataclasses import dataclass

from .paths import Point, polyline, tidy

WIDTH, HEIGHT, MARGIN = 120, 42, 5
TOP, FLOOR = 4, 38


@dataclass(frozen=True, slots=True)
class Spark:
    """Runs of days with an answer, the last point, and the silence after it."""

    runs: tuple[str, ...]
    dots: tuple[Point, ...]
    last: Point | None
    quiet: str
    now: int | None
    days: int


def runs_of(points: Sequence[Point | None]) -> list[list[Point]]:
    """Neighbouring points together; a missing one parts them."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def draw_spark(values: Sequence[int | None]) -> Spark:
    """The spark of daily pain values, oldest first, None where nobody answered."""
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    height = (FLOOR - TOP) / 10
    points = [
        None if value is None else (tidy(MARGIN + i * step), tidy(FLOOR - value * height))
        for i, value in enumerate(values)
    ]
    runs = runs_of(points)
    last = runs[-1][-1] if runs else None
    return Spark(
        runs=tuple(polyline(run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        last=last,
        quiet=silence(points, last),
        now=next((value for value in reversed(values) if value is not None), None),
        days=len(values),
    )


def silence(points: Sequence[Point | None], last: Point | None) -> str:
    """A dotted line from the last answer to today; across the whole row when there is none."""
    if last is None:
        return f"M{MARGIN} {(TOP + FLOOR) // 2}H{WIDTH - MARGIN}"
    start, end = tidy(last[0] + 7), WIDTH - MARGIN + 1
    return f"M{start} {last[1]}H{end}" if points[-1] is None and start < end else ""
