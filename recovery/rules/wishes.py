"""A patient's own wish for reminders, and the UTC instants that follow from it in their zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from recovery.rules.reminders import A_DAY, exists, instant_of, not_after

DAYS_AHEAD = 16  # two weeks and the days around a change of the date line
SECOND_AFTER = timedelta(hours=2)
WEEK = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one wall-clock time up to another, over midnight if need be."""

    starts: time
    ends: time

    def __post_init__(self) -> None:
        if self.starts == self.ends:
            raise ValueError("quiet hours: must end at another time than they start")

    def cover(self, at: time) -> bool:
        """Whether the clock shows a quiet time."""
        if self.starts < self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends


@dataclass(frozen=True, slots=True)
class Wish:
    """When to be asked: a wall-clock time, weekdays (Monday 0), quiet hours, a pause, a second reminder or none."""

    at: time
    weekdays: frozenset[int] = WEEK
    quiet: QuietHours | None = None
    resumes_on: date | None = None
    is_repeated: bool = False

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= WEEK:
            raise ValueError("weekdays: must be one or more of 0 (Monday) to 6 (Sunday)")

    def is_paused_on(self, day: date) -> bool:
        """Whether nothing routine is wanted yet."""
        return self.resumes_on is not None and day < self.resumes_on


def quiet_until(now_utc: datetime, zone: tzinfo, quiet: QuietHours | None) -> datetime | None:
    """When the quiet hours around this instant end; None outside them. A night that ended once stays over."""
    local = now_utc.astimezone(zone)
    if quiet is None or not quiet.cover(local.time()):
        return None
    day = local.date() if local.time() < quiet.ends else local.date() + A_DAY
    ends = instant_of(day, quiet.ends, zone)
    return ends if ends > now_utc else None


def next_reminder(now_utc: datetime, zone: tzinfo, wish: Wish) -> tuple[date, datetime]:
    """The first local date and UTC instant after now at which the wish asks for a reminder."""
    first = now_utc.astimezone(zone).date() - A_DAY
    if wish.resumes_on is not None:
        first = max(first, wish.resumes_on)
    for ahead in range(DAYS_AHEAD):
        day = first + timedelta(days=ahead)
        if day.weekday() in wish.weekdays and exists(day, zone):
            instant = reminder_on(day, zone, wish)
            if instant > now_utc:
                return day, instant
    raise ValueError("zone: skips too many days")


def reminder_on(day: date, zone: tzinfo, wish: Wish) -> datetime:
    """The instant of that day's reminder: the wished time, or the end of the quiet hours it lies in."""
    instant = instant_of(day, wish.at, zone)
    return quiet_until(instant, zone, wish.quiet) or instant


def second_reminder(first_due: datetime, zone: tzinfo, wish: Wish) -> datetime | None:
    """Two hours after the first, if one is wished, the day lasts that long and it is not quiet by then."""
    instant = first_due + SECOND_AFTER
    is_late = instant >= not_after(first_due, zone)
    if not wish.is_repeated or is_late or quiet_until(instant, zone, wish.quiet):
        return None
    return instant
