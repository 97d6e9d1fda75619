"""The road as a map that climbs the page: the goal at the top, the first phase at the bottom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEFT_TO_RIGHT = "M23 0C23 40 49 60 49 100"
RIGHT_TO_LEFT = "M49 0C49 40 23 60 23 100"


@dataclass(frozen=True, slots=True)
class Step:
    """One phase on the map; `path` leads down to the one before it and is empty at the start of the road."""

    number: int
    title: str
    text: str
    state: str
    path: str

    @property
    def walked(self) -> bool:
        """Whether the path below this step is behind the person."""
        return bool(self.path) and self.state != "ahead"


def draw_road(phases: Sequence[Mapping], here: int) -> tuple[Step, ...]:
    """The map of phases given first to last, each with title and text, for a person at phase `here` (from 1)."""
    steps = []
    for place, number in enumerate(range(len(phases), 0, -1)):
        phase = phases[number - 1]
        path = (LEFT_TO_RIGHT, RIGHT_TO_LEFT)[place % 2] if number > 1 else ""
        state = "here" if number == here else "done" if number < here else "ahead"
        steps.append(Step(number, phase["title"], phase.get("text", ""), state, path))
    return tuple(steps)
