"""Five pebbles: how far along the road somebody is, small enough for a table row."""

from dataclasses import dataclass

from .paths import Point, polyline

PLACES: tuple[Point, ...] = ((5, 19), (17, 16), (29, 13), (41, 9), (52, 5))


@dataclass(frozen=True, slots=True)
class Pebble:
    """One pebble; `on` once reached, larger where the person is."""

    x: float
    y: float
    r: float
    on: bool


@dataclass(frozen=True, slots=True)
class Pebbles:
    """The row of pebbles with the path between them."""

    path: str
    walked: str
    stones: tuple[Pebble, ...]


def draw_pebbles(phase_index: int) -> Pebbles:
    """The pebbles of somebody at phase 1 to 6."""
    here = min(max(phase_index, 1), len(PLACES))
    return Pebbles(
        path=polyline(PLACES),
        walked=polyline(PLACES[:here]) if here > 1 else "",
        stones=tuple(Pebble(x, y, 4.5 if n == here else 2.5, n <= here) for n, (x, y) in enumerate(PLACES, start=1)),
    )
