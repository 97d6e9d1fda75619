"""Every change of clocks of every IANA zone from 2000 to 2037, found by looking, not by trusting a file format."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
STEP = timedelta(days=5)  # no zone has changed and changed back within less
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


class Change(NamedTuple):
    """The first instant under the new offset, and both offsets."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def shape(self):
        """Changes of one shape look the same to anybody who only sees wall clocks."""
        return self.before, self.after, (self.at + self.before).time()


@cache
def changes_of(name: str) -> tuple[Change, ...]:
    """All changes of one zone, first to last."""
    zone, found = ZoneInfo(name), []
    at, offset = FIRST, FIRST.astimezone(zone).utcoffset()
    while at < LAST:
        then = at + STEP
        later = then.astimezone(zone).utcoffset()
        if later != offset:
            found.append(_between(zone, at, then, offset, later))
        at, offset = then, later
    return tuple(found)


def _between(zone, low, high, before, after) -> Change:
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return Change(high.replace(microsecond=0), before, after)


def zones_with_changes() -> list[tuple[str, tuple[Change, ...]]]:
    """One zone for each history of changes: aliases live by the same clocks."""
    histories = {}
    for name in sorted(available_timezones()):
        if not name.startswith(("posix", "right", "Factory", "localtime")):
            offset = FIRST.astimezone(ZoneInfo(name)).utcoffset()
            histories.setdefault((offset, changes_of(name)), name)
    return [(name, changes) for (_, changes), name in histories.items() if changes]


def cases() -> list[tuple[str, Change]]:
    """All changes in the long run; otherwise the latest of each shape."""
    everything = [(name, change) for name, changes in zones_with_changes() for change in changes]
    if IS_LONG:
        return everything
    return list({change.shape: (name, change) for name, change in sorted(everything, key=lambda c: c[1].at)}.values())
