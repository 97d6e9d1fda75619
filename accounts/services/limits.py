"""How often one may try: one conditional update in the database counts, so of many at once just as many pass."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from ..models import Bucket
from .secrets import digest

MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tries at once, refilled evenly over so many seconds."""

    tries: int
    seconds: float

    @property
    def each(self) -> int:
        """Microseconds until one try is back."""
        return max(1, int(self.seconds * MICRO) // self.tries)


def take(key: str, rate: Rate, now: datetime) -> bool:
    """Takes a try; False when none is left. Of any number of calls at once exactly as many win as there were tries."""
    key, at = digest(key), _micro(now)
    if _taken(key, rate, at):
        return True
    # No row, or an empty bucket. A full one is put there if there was none, and then it is asked for like any other.
    Bucket.objects.bulk_create([Bucket(key=key, full_at=at)], ignore_conflicts=True)
    return _taken(key, rate, at)


def is_left(key: str, rate: Rate, now: datetime) -> bool:
    """Whether a try is left, without taking it."""
    return not Bucket.objects.filter(key=digest(key), full_at__gt=_latest(rate, _micro(now))).exists()


def give_back(key: str, rate: Rate) -> None:
    """Puts back a try that turned out to be none."""
    Bucket.objects.filter(key=digest(key)).update(full_at=F("full_at") - rate.each)


def refill(key: str) -> None:
    """All tries are back."""
    Bucket.objects.filter(key=digest(key)).delete()


def forget_full(now: datetime) -> int:
    """Lets go of buckets that have been full for an hour: no row says the same. Returns how many."""
    return Bucket.objects.filter(full_at__lt=_micro(now - timedelta(hours=1))).delete()[0]


def _taken(key: str, rate: Rate, at: int) -> bool:
    left = Bucket.objects.filter(key=key, full_at__lte=_latest(rate, at))
    return bool(left.update(full_at=Greatest(F("full_at"), at) + rate.each))


def _latest(rate: Rate, at: int) -> int:
    """A bucket that is full again no later than this has a try left."""
    return at + rate.each * (rate.tries - 1)


def _micro(now: datetime) -> int:
    return int(now.timestamp() * MICRO)
