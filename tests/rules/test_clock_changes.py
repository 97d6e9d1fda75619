"""Reminders through every change of clocks: each zone, 2000 to 2037, at every quarter of an hour.

The usual run takes the latest change of each shape (offset before, offset after, hour); `make properties` takes all.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from recovery.rules.reminders import not_after
from recovery.rules.wishes import QuietHours, Wish, next_reminder, quiet_until, second_reminder

from .clock_changes import Change, cases, changes_of

QUARTERS = [time(n // 4, n % 4 * 15) for n in range(96)]
A_DAY = timedelta(days=1)
NIGHT = QuietHours(time(22), time(6))


@pytest.fixture(scope="module")
def all_cases():
    return cases()


def expected(change: Change, day: date, at: time) -> datetime | None:
    """The instant by hand: the first time the clock shows it, or past the gap; None on a day the zone skipped."""
    by_old, by_new = (datetime.combine(day, at, UTC) - offset for offset in (change.before, change.after))
    if change.after - change.before >= A_DAY and by_old >= change.at and by_new < change.at:
        return None
    return by_old if by_old < change.at or by_new < change.at else by_new


def days_around(change: Change) -> list[date]:
    middle = (change.at + change.before).date()
    return [middle + timedelta(days=n) for n in range(-2, 4)]


def reminders(zone, wish, after: datetime, count: int):
    found = []
    for _ in range(count):
        day, after = next_reminder(after, zone, wish)
        found.append((day, after))
    return found


def test_every_day_around_a_change_has_one_reminder_at_its_wall_clock_time(all_cases):
    for name, change in all_cases:
        zone, days = ZoneInfo(name), days_around(change)
        for at in QUARTERS:
            wanted = [(day, due) for day in days if (due := expected(change, day, at))]
            found = reminders(zone, Wish(at), wanted[0][1] - timedelta(seconds=1), len(wanted))
            assert found == wanted, (name, change, at)


def test_no_reminder_around_a_change_leaves_in_the_quiet_hours(all_cases):
    for name, change in all_cases:
        zone = ZoneInfo(name)
        for at in QUARTERS[::4]:
            start = change.at - 2 * A_DAY
            for _, due in reminders(zone, Wish(at, quiet=NIGHT), start, 4):
                assert quiet_until(due, zone, NIGHT) is None, (name, change, at)


def test_quiet_hours_around_a_change_end_later_and_are_over_then(all_cases):
    for name, change in all_cases:
        zone = ZoneInfo(name)
        for quiet in (NIGHT, QuietHours(time(1, 30), time(2, 30)), QuietHours(time(0, 0), time(3))):
            for half_hours in range(-60, 61):
                now = change.at + timedelta(minutes=30 * half_hours)
                ends = quiet_until(now, zone, quiet)
                assert ends is None or (ends > now and quiet_until(ends, zone, quiet) is None), (name, change, now)


def test_a_second_reminder_comes_two_hours_later_on_the_same_day_or_not_at_all(all_cases):
    for name, change in all_cases:
        zone = ZoneInfo(name)
        for at in QUARTERS:
            wish = Wish(at, quiet=NIGHT, is_repeated=True)
            for _, first in reminders(zone, wish, change.at - A_DAY, 2):
                second = second_reminder(first, zone, wish)
                assert second is None or (second - first == timedelta(hours=2) and second < not_after(first, zone))


def test_the_changes_are_really_looked_for(all_cases):
    assert len(all_cases) > 100
    assert len(changes_of("Europe/Berlin")) == 76
    assert [change.at.isoformat() for change in changes_of("Pacific/Apia") if change.at.year == 2011] == [
        "2011-04-02T14:00:00+00:00",
        "2011-09-24T14:00:00+00:00",
        "2011-12-30T10:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("fault", "what"),
    [(A_DAY, "a day of 24 hours instead of the next calendar day"), (timedelta(hours=1), "the second occurrence")],
)
def test_the_hand_made_instants_tell_a_wrong_rule(fault, what):
    change = next(c for c in changes_of("Europe/Berlin") if c.at.year == 2026 and c.at.month == 10)
    saturday, sunday = date(2026, 10, 24), date(2026, 10, 25)
    wrong = {
        A_DAY: expected(change, saturday, time(19)) + A_DAY,
        timedelta(hours=1): expected(change, sunday, time(2, 30)) + timedelta(hours=1),
    }[fault]
    assert wrong not in (expected(change, sunday, time(19)), expected(change, sunday, time(2, 30))), what
