"""The pain chart: average, worst and morning pain over phase bands, decisions, and ground that rises with the phase."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .chart_frame import FRAMES, Frame
from .chart_rows import Bar, Cell, Mark, done_cells, marks, morning_bars
from .paths import Point, polyline, tidy

NARROW_DAY = 5
ROOM_FOR_A_NUMBER, ROOM_FOR_A_NAME = 12, 112  # units of the drawing: the longest name of a phase, in bold


@dataclass(frozen=True, slots=True)
class ChartDay:
    """One local day; numbers are None where nobody answered. `session` is done, part, skipped or None."""

    day: date
    average: int | None = None
    worst: int | None = None
    morning: int | None = None
    phase_index: int = 1
    outcome: str | None = None
    session: str | None = None
    grade: str | None = None
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring days in one phase."""

    phase_index: int
    x: float
    width: float
    middle: float
    label_y: float
    wide: bool


@dataclass(frozen=True, slots=True)
class DateLabel:
    """A date under the plot; `anchor` is mid, or nothing for the first."""

    day: date
    x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the finding says: first and latest average, the highest and its day, answers out of days."""

    first: int | None
    latest: int | None
    highest: int | None
    highest_on: date | None
    answered: int
    days: int
    step_backs: int


@dataclass(frozen=True, slots=True)
class PainChart:
    """Everything the chart's template draws, back to front."""

    frame: Frame
    bands: tuple[Band, ...]
    grid: tuple[tuple[int, float], ...]
    goal_y: float | None
    ground: str
    ground_edge: str
    whiskers: tuple[str, ...]
    runs: tuple[str, ...]
    gaps: tuple[str, ...]
    missing: str
    dots: tuple[Point, ...]
    last: Point | None
    marks: tuple[Mark, ...]
    mornings: tuple[Bar, ...]
    cells: tuple[Cell, ...]
    dates: tuple[DateLabel, ...]
    figures: Figures


def draw_chart(days: Sequence[ChartDay], variant: str = "phone", goal: int | None = None) -> PainChart:
    """The chart of consecutive local days, oldest first; goal draws a line at the pain that opens running."""
    frame = FRAMES[variant]
    known = [(i, day.average) for i, day in enumerate(days) if day.average is not None]
    points = [(frame.x(i, len(days)), frame.y(value)) for i, value in known]
    runs, gaps = join(known, points)
    edge = ground_edge(days, frame)
    roomy = frame.step(len(days)) >= NARROW_DAY
    return PainChart(
        frame=frame,
        bands=tuple(bands(days, frame)),
        grid=tuple((value, frame.y(value)) for value in frame.grid),
        goal_y=None if goal is None else frame.y(goal),
        ground=f"{edge}V{frame.floor}H{frame.left}Z" if edge else "",
        ground_edge=edge,
        whiskers=tuple(whiskers(days, frame)) if roomy else (),
        runs=tuple(polyline(run) for run in runs if len(run) > 1),
        gaps=tuple(polyline(gap) for gap in gaps),
        missing="".join(f"M{x} {frame.bottom}v-6" for x in missing(days, frame)),
        dots=tuple(point for run in runs if roomy or len(run) == 1 for point in run if point != points[-1]),
        last=points[-1] if points else None,
        marks=tuple(marks(days, frame)),
        mornings=tuple(morning_bars(days, frame)),
        cells=tuple(done_cells(days, frame)),
        dates=tuple(date_labels(days, frame)),
        figures=figures(days),
    )


def join(known: Sequence[tuple[int, int]], points: Sequence[Point]) -> tuple[list[list[Point]], list[list[Point]]]:
    """Runs of neighbouring days, and the broken links across days nobody answered."""
    runs: list[list[Point]] = []
    gaps: list[list[Point]] = []
    for place, point in enumerate(points):
        if place and known[place][0] == known[place - 1][0] + 1:
            runs[-1].append(point)
            continue
        if place:
            gaps.append([points[place - 1], point])
        runs.append([point])
    return runs, gaps


def missing(days: Sequence[ChartDay], frame: Frame) -> list[float]:
    """Where days without an answer stand; the last one may still get one."""
    return [frame.x(i, len(days)) for i, day in enumerate(days[:-1]) if day.average is None]


def spans(days: Sequence[ChartDay]) -> list[tuple[int, int, int]]:
    """Phase, first day and the day after the last, for each stay in a phase."""
    found: list[tuple[int, int, int]] = []
    for i, day in enumerate(days):
        if found and found[-1][0] == day.phase_index:
            found[-1] = (day.phase_index, found[-1][1], i + 1)
        else:
            found.append((day.phase_index, i, i + 1))
    return found


def bands(days: Sequence[ChartDay], frame: Frame) -> list[Band]:
    """The phase bands with the place of their words; `wide` tells whether a name fits, or on a phone a number."""
    room = ROOM_FOR_A_NUMBER if frame.morning_base is None else ROOM_FOR_A_NAME
    drawn = []
    for phase, start, end in spans(days):
        left, right = frame.edge(start, len(days)), frame.edge(end, len(days))
        label_y = frame.ground_y(phase) - 5 if frame.morning_base is None else 15
        drawn.append(
            Band(phase, left, tidy(right - left), tidy((left + right) / 2), tidy(label_y), right - left >= room)
        )
    return drawn


def ground_edge(days: Sequence[ChartDay], frame: Frame) -> str:
    """The line of the ground: level within a phase, a short slope between two."""
    path = ""
    for phase, start, end in spans(days):
        y = frame.ground_y(phase)
        path += f"L{tidy(frame.edge(start, len(days)) + 2)} {y}" if path else f"M{frame.left} {y}"
        is_last = end == len(days)
        path += f"H{frame.right if is_last else tidy(frame.edge(end, len(days)) - 2)}"
    return path


def whiskers(days: Sequence[ChartDay], frame: Frame) -> list[str]:
    """A capped line up from the average to the worst of the day."""
    half = min(4, frame.step(len(days)) / 2 - 1)
    drawn = []
    for i, day in enumerate(days):
        if day.average is None or day.worst is None or day.worst <= day.average:
            continue
        x, top = frame.x(i, len(days)), frame.y(day.worst)
        drawn.append(f"M{x} {frame.y(day.average)}V{top}M{tidy(x - half)} {top}h{tidy(2 * half)}")
    return drawn


def date_labels(days: Sequence[ChartDay], frame: Frame) -> list[DateLabel]:
    """Dates a whole number of weeks apart, as many as fit; none where the right edge would cut it."""
    weeks = 1
    while len(days) / (7 * weeks) > frame.most_dates:
        weeks += 1
    drawn = []
    for i in range(0, len(days), 7 * weeks):
        x = frame.left if i == 0 else frame.x(i, len(days))
        if x <= frame.right - 14 or i == 0:
            drawn.append(DateLabel(days[i].day, x, "mid" if i else ""))
    return drawn


def figures(days: Sequence[ChartDay]) -> Figures:
    """The numbers behind the finding."""
    known = [day for day in days if day.average is not None]
    worst = max(known, key=lambda day: day.average or 0, default=None)
    return Figures(
        first=known[0].average if known else None,
        latest=known[-1].average if known else None,
        highest=worst.average if worst else None,
        highest_on=worst.day if worst else None,
        answered=len(known),
        days=len(days),
        step_backs=sum(day.outcome == "step_back" for day in days),
    )
