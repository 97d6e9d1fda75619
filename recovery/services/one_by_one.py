"""Going round many rows: one that fails is logged and left for the next round, and holds up nobody else."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction

log = logging.getLogger(__name__)
AT_ONCE = 8
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


def some_at_a_time(act: Callable[[Item, datetime], int], items: Iterable[Item], now: datetime) -> int:
    """The same with one commit for several rows; `act` is atomic, so that one that fails is undone by itself.

    For what nobody is told of before the commit: what a crash undoes is done again.
    """
    done, left = 0, iter(items)
    while some := list(islice(left, AT_ONCE)):
        with transaction.atomic():
            done += each_on_its_own(act, some, now)
    return done
