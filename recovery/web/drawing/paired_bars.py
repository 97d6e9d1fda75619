"""Two figures one above the other, the old one thin, the new one thick."""

from dataclasses import dataclass

from .paths import tidy

WIDTH, HEIGHT = 300, 28


@dataclass(frozen=True, slots=True)
class PairedBars:
    """The lengths of two bars on one scale."""

    old: float
    new: float
    width: int = WIDTH
    height: int = HEIGHT


def draw_paired_bars(old: float, new: float, most: float) -> PairedBars:
    """The bars of two figures; `most` is the figure that fills the width."""
    scale = WIDTH / most if most else 0
    return PairedBars(tidy(old * scale), tidy(new * scale))
