"""When to nudge and when to leave alone: pure local-time arithmetic.

A clock time that a zone skips is read with the offset before the gap, one that comes twice is its first
occurrence (RFC 5545). Zones are handed in; nothing here reads a clock or a database.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_STARTS_AT = time(4)
ENTRY_CLOSES_AT = time(12)  # of the next local day
LONGEST_DELAY = timedelta(hours=4)
NOON = time(12)
A_DAY = timedelta(days=1)

SILENCE_STEPS = ((2, "E9-2d"), (4, "E9-4d"), (7, "E9-7d"), (14, "E9-14d"))
SOFT_STEP = "E9-soft"
PAUSE_STEP = "E9-14d"
SOFT_AVERAGE = 7
WEEK_BETWEEN = 6  # a weekly check-in may come this many days later than a daily one


def instant_of(day: date, at: time, zone: tzinfo) -> datetime:
    """The UTC instant of a wall-clock time on a local day."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def exists(day: date, zone: tzinfo) -> bool:
    """Whether the zone had this day at all (some skipped one at the date line)."""
    return instant_of(day, NOON, zone).astimezone(zone).date() == day


def local_day(instant_utc: datetime, zone: tzinfo) -> date:
    """The check-in day of an instant; days change at 04:00 on the wall clock."""
    local = instant_utc.astimezone(zone)
    return local.date() if local.time() >= DAY_STARTS_AT else local.date() - A_DAY


def is_in_time(day: date, made_at_utc: datetime, zone: tzinfo) -> bool:
    """Whether an entry for `day` still counts for the rules: made on it, or before noon of the next day."""
    closes = instant_of(day + A_DAY, ENTRY_CLOSES_AT, zone)
    return local_day(made_at_utc, zone) >= day and made_at_utc <= closes


def not_after(due_utc: datetime, zone: tzinfo) -> datetime:
    """When a reminder that could not leave lapses: four hours later, or when the local day ends at 04:00."""
    day_ends = instant_of(local_day(due_utc, zone) + A_DAY, DAY_STARTS_AT, zone)
    return min(due_utc + LONGEST_DELAY, day_ends)


def silence_steps(
    last_day: date,
    last_average: int,
    *,
    weekly: bool = False,
    daily_until: date | None = None,
    soft_average: float = SOFT_AVERAGE,
) -> tuple[tuple[date, str], ...]:
    """The days on which silence after `last_day` raises a step, first to last.

    A step belongs to a day without a check-in and is final when that day can no longer be filled in. The
    prevention phase asks weekly: its clock starts six days later, except in a flare, and never asks for a new
    intake.
    """
    steps: list[tuple[date, str]] = []
    wanted = [(1, SOFT_STEP)] if last_average >= soft_average else []
    wanted += [step for step in SILENCE_STEPS if not weekly or step[1] != PAUSE_STEP]
    day = last_day
    while wanted:
        day += A_DAY
        days = silent_days(last_day, day, weekly, daily_until)
        steps += [(day, code) for after, code in wanted if days >= after]
        wanted = [(after, code) for after, code in wanted if days < after]
    return tuple(steps)


def next_asked(last_day: date | None, today: date, weekly: bool, daily_until: date | None) -> date:
    """The next day on which a check-in is asked for: once a week in the prevention phase, daily otherwise."""
    if last_day is None:
        return today
    in_flare = daily_until is not None and today <= daily_until
    return max(today, last_day + (WEEK_BETWEEN * A_DAY if weekly and not in_flare else timedelta()) + A_DAY)


def silent_days(last_day: date, today: date, weekly: bool, daily_until: date | None) -> int:
    """Days for which an expected check-in has been missing."""
    days = (today - last_day).days
    in_flare = daily_until is not None and today <= daily_until
    return days - WEEK_BETWEEN if weekly and not in_flare else days
