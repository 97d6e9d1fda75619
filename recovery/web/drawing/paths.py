"""Path data of SVG from points, with short numbers."""

from collections.abc import Sequence

Point = tuple[float, float]


def tidy(value: float) -> int | float:
    """A coordinate with one decimal at most, whole where it can be."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def at(point: Point) -> str:
    """A point as path data: "36 116.5"."""
    return f"{tidy(point[0])} {tidy(point[1])}"


def polyline(points: Sequence[Point]) -> str:
    """Straight lines through the points."""
    return "M" + "L".join(at(point) for point in points)


def curves(points: Sequence[Point]) -> list[str]:
    """One cubic curve per gap between neighbours, meeting without a corner (Catmull-Rom)."""
    parts = []
    for i, (start, end) in enumerate(zip(points, points[1:], strict=False)):
        before = points[i - 1] if i else start
        after = points[i + 2] if i + 2 < len(points) else end
        leave = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        arrive = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append(f"C{at(leave)} {at(arrive)} {at(end)}")
    return parts


def smooth(points: Sequence[Point]) -> str:
    """One soft line through the points."""
    return f"M{at(points[0])}" + "".join(curves(points))


def arrow_head(tip: Point, tail: Point, size: float = 9) -> str:
    """Two barbs at `tip` for a line that arrives from `tail`."""
    dx, dy = tail[0] - tip[0], tail[1] - tip[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1
    ux, uy = dx / length * size, dy / length * size
    cos, sin = 0.86, 0.5
    left = (tip[0] + ux * cos - uy * sin, tip[1] + ux * sin + uy * cos)
    right = (tip[0] + ux * cos + uy * sin, tip[1] - ux * sin + uy * cos)
    return polyline([left, tip, right])
