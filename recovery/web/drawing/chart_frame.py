"""Where things stand in a pain chart: one frame for phones, one for work."""

from dataclasses import dataclass

from .paths import tidy


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of one drawing, in SVG units; rows below `ground_base` are for work only."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    marks_y: int
    mark_radius: float
    ground_base: int
    rise: float
    dates_y: int
    grid: tuple[int, ...]
    most_dates: int
    dot: float
    morning_base: int | None = None
    morning_height: int = 0
    done_y: int | None = None

    @property
    def floor(self) -> int:
        """Where phase bands and the ground end."""
        return self.ground_base

    @property
    def band_height(self) -> int:
        """The height of a phase band, from the top of the plot to the floor."""
        return self.ground_base - self.top

    @property
    def row_end(self) -> int:
        """Where the words of a row end, left of the plot."""
        return self.left - 7

    def y(self, pain: float) -> float:
        """The height of a pain value from 0 to 10."""
        return tidy(self.bottom - pain * (self.bottom - self.top) / 10)

    def ground_y(self, phase_index: int) -> float:
        """The height of the ground in a phase."""
        return tidy(self.ground_base - 4 - self.rise * (phase_index - 1))

    def step(self, days: int) -> float:
        """The width of one day."""
        return (self.right - self.left) / max(days, 1)

    def edge(self, index: int, days: int) -> float:
        """Where day number `index` begins."""
        return tidy(self.left + index * self.step(days))

    def x(self, index: int, days: int) -> float:
        """The middle of day number `index`."""
        return tidy(self.left + (index + 0.5) * self.step(days))


PHONE = Frame(340, 268, 26, 330, 16, 166, 182, 8.5, 246, 8, 263, (0, 5, 10), 5, 2.6)
WORK = Frame(820, 444, 66, 808, 26, 236, 254, 9.5, 326, 9.5, 439, (0, 2, 4, 6, 8, 10), 10, 3.2, 388, 36, 404)
FRAMES = {"phone": PHONE, "work": WORK}
