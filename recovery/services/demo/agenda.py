"""What happens when: a queue of things to do at simulated instants, taken in order of time."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Action = Callable[[datetime], object]


class Agenda:
    """Things to do at an instant, those of the same instant in the order they were put down; `after` follows each."""

    def __init__(self, after: Action) -> None:
        self._after = after
        self._waiting: list[tuple[datetime, int, Action]] = []
        self._numbers = count()

    def at(self, instant: datetime, action: Action) -> None:
        """Puts something down for an instant."""
        heappush(self._waiting, (instant, next(self._numbers), action))

    def run(self, until: datetime) -> None:
        """Does everything up to and including `until`; what is done may put more down."""
        while self._waiting and self._waiting[0][0] <= until:
            instant, _, action = heappop(self._waiting)
            action(instant)
            self._after(instant)
