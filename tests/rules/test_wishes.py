"""What follows from a wish: quiet hours over midnight, a pause, a second reminder."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from recovery.rules.wishes import QuietHours, Wish, next_reminder, quiet_until, second_reminder

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(time(22), time(6))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-03-10T20:59", None),  # 21:59 in Berlin
        ("2026-03-10T21:00", "2026-03-11T05:00"),  # 22:00
        ("2026-03-11T04:59", "2026-03-11T05:00"),
        ("2026-03-11T05:00", None),  # 06:00 is not quiet any more
        ("2026-03-28T23:00", "2026-03-29T04:00"),  # a short night
        ("2026-10-24T22:00", "2026-10-25T05:00"),  # a long one
    ],
)
def test_quiet_hours_end_on_the_wall_clock(now, ends):
    assert quiet_until(utc(now), BERLIN, NIGHT) == (utc(ends) if ends else None)


def test_quiet_hours_may_lie_within_a_day():
    noon = QuietHours(time(12), time(13))
    assert quiet_until(utc("2026-03-10T11:30"), BERLIN, noon) == utc("2026-03-10T12:00")
    assert quiet_until(utc("2026-03-10T12:30"), BERLIN, noon) is None


def test_quiet_hours_that_end_in_a_repeated_hour_end_at_its_first_showing():
    until_half_past_two = QuietHours(time(22), time(2, 30))
    assert quiet_until(utc("2026-10-25T00:15"), BERLIN, until_half_past_two) == utc("2026-10-25T00:30")
    assert quiet_until(utc("2026-10-25T01:15"), BERLIN, until_half_past_two) is None  # 02:15 again


def test_quiet_hours_without_length_are_refused():
    with pytest.raises(ValueError, match="quiet hours"):
        QuietHours(time(22), time(22))


def test_a_reminder_wished_for_a_quiet_time_comes_when_it_ends():
    wish = Wish(time(23), quiet=NIGHT)
    assert next_reminder(utc("2026-03-10T12:00"), BERLIN, wish) == (date(2026, 3, 10), utc("2026-03-11T05:00"))


def test_a_pause_moves_the_next_reminder_to_its_end():
    wish = Wish(time(19), resumes_on=date(2026, 4, 20))
    assert next_reminder(utc("2026-03-10T12:00"), BERLIN, wish) == (date(2026, 4, 20), utc("2026-04-20T17:00"))
    assert next_reminder(utc("2026-04-20T17:00"), BERLIN, wish)[0] == date(2026, 4, 21)


@pytest.mark.parametrize(
    ("first", "wish", "second"),
    [
        ("2026-03-10T18:00", Wish(time(19), is_repeated=True), "2026-03-10T20:00"),
        ("2026-03-10T18:00", Wish(time(19)), None),
        ("2026-03-10T19:30", Wish(time(20, 30), quiet=NIGHT, is_repeated=True), None),  # 22:30 is quiet
        ("2026-03-11T00:30", Wish(time(1, 30), is_repeated=True), "2026-03-11T02:30"),
        ("2026-03-11T01:30", Wish(time(2, 30), is_repeated=True), None),  # the day ends at 04:00
    ],
)
def test_a_second_reminder_comes_two_hours_later_within_the_day(first, wish, second):
    assert second_reminder(utc(first), BERLIN, wish) == (utc(second) if second else None)
