"""Going round many rows: one that fails is logged and left for the next round, and holds up nobody else."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

log = logging.getLogger(__name__)
Item = TypeVar("Item")


def each_on_its_own(act: Callable[[Item, datetime], int], items: Iterable[Item], now: datetime) -> int:
    """The sum of what `act` returns for each; every call is a transaction of its own."""
    done = 0
    for item in items:
        try:
            done += act(item, now)
        except Exception:
            log.exception("%s failed for %s", act.__name__, getattr(item, "pk", item))
    return done
