"""The last 24 hours of deliveries, one bar an hour: what left below, what did not on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FLOOR, GAP = 480, 96, 92, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour: where its two parts stand, and how many each holds."""

    x: float
    width: float
    sent_y: float
    sent_height: float
    other_y: float
    other_height: float
    ago: int
    sent: int
    other: int


@dataclass(frozen=True, slots=True)
class Hours:
    """The bars, oldest first, and the tallest hour."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def draw_hours(hours: Sequence[Mapping[str, int]]) -> Hours:
    """Bars for hours of deliveries by how they ended; anything but sent counts as other."""
    totals = [(hour["sent"], sum(hour.values()) - hour["sent"]) for hour in hours]
    most = max((sent + other for sent, other in totals), default=0)
    step, scale = WIDTH / max(len(totals), 1), (FLOOR - GAP) / max(most, 1)
    bars = []
    for n, (sent, other) in enumerate(totals):
        low, high = round(sent * scale, 1), round(other * scale, 1)
        place = round(n * step + GAP / 2, 1), round(step - GAP, 1)
        bars.append(Bar(*place, FLOOR - low, low, FLOOR - low - high, high, len(totals) - n - 1, sent, other))
    return Hours(tuple(bars), most)
