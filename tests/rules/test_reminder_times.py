"""When to nudge: wall-clock times through clock changes, the 04:00 day, late entries, silence."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recovery.rules.decide import fold_to, start
from recovery.rules.facts import IntakeFact, StartFact
from recovery.rules.reminders import (
    exists,
    is_in_time,
    local_day,
    not_after,
    silence_steps,
)
from recovery.rules.wishes import Wish, next_reminder

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
SAMPLE = (
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/St_Johns",
    "America/Santiago",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)


def utc(text: str) -> datetime:
    """An instant such as 2026-03-29T01:30."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at", "day", "due"),
    [
        ("2026-03-10T12:00", "19:00", "2026-03-10", "2026-03-10T18:00"),
        ("2026-03-10T18:00", "19:00", "2026-03-11", "2026-03-11T18:00"),  # due now is not due again
        ("2026-03-28T20:00", "19:00", "2026-03-29", "2026-03-29T17:00"),  # summer time began
        ("2026-03-28T20:00", "02:30", "2026-03-29", "2026-03-29T01:30"),  # skipped: offset before the gap
        ("2026-10-24T20:00", "02:30", "2026-10-25", "2026-10-25T00:30"),  # twice: the first one
        ("2026-10-25T00:30", "02:30", "2026-10-26", "2026-10-26T01:30"),  # and not a second time
    ],
)
def test_a_reminder_comes_at_the_wall_clock_time(now, at, day, due):
    found = next_reminder(utc(now), BERLIN, Wish(time.fromisoformat(at)))
    assert found == (date.fromisoformat(day), utc(due))


def test_only_chosen_weekdays_are_used():
    tuesday = utc("2026-03-10T20:00")
    assert next_reminder(tuesday, BERLIN, Wish(time(19), frozenset({1})))[0] == date(2026, 3, 17)
    assert next_reminder(tuesday, BERLIN, Wish(time(19), frozenset({6})))[0] == date(2026, 3, 15)


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7}), frozenset({-1})])
def test_days_that_are_no_weekdays_are_refused(weekdays):
    with pytest.raises(ValueError, match="weekdays"):
        Wish(time(19), weekdays)


@pytest.mark.parametrize("name", SAMPLE)
@pytest.mark.parametrize("year", [2023, 2026])
def test_a_year_of_reminders_has_one_on_each_local_day(name, year):
    zone = ZoneInfo(name)
    for at in (time(0, 15), time(2, 30), time(19), time(23, 45)):
        one_each_day(zone, at, datetime(year, 1, 1, 12, tzinfo=UTC), 366)


@given(st.sampled_from(ZONES), st.integers(0, 95), st.dates(date(1990, 1, 1), date(2036, 1, 1)))
@settings(max_examples=200)
def test_no_zone_doubles_or_skips_a_reminder(name, quarter, first):
    at = time(quarter // 4, quarter % 4 * 15)
    one_each_day(ZoneInfo(name), at, datetime.combine(first, time(12), UTC), 40)


def one_each_day(zone: ZoneInfo, at: time, now: datetime, count: int) -> None:
    """Reminders follow each other day by day, later each time, and show the wanted clock time unless it is skipped."""
    previous = None
    for _ in range(count):
        day, now = next_reminder(now, zone, Wish(at))
        if previous is not None:
            missed = [previous + timedelta(days=gap) for gap in range(1, (day - previous).days)]
            assert day > previous and not any(exists(item, zone) for item in missed)
        local = now.astimezone(zone)
        in_gap = local.replace(tzinfo=None) != datetime.combine(day, at)
        assert not in_gap or not shows(zone, day, at)
        previous = day


def shows(zone: ZoneInfo, day: date, at: time) -> bool:
    """Whether the zone's clock ever shows this time on this day."""
    naive = datetime.combine(day, at)
    found = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone) for fold in (0, 1))
    return any(instant.replace(tzinfo=None, fold=0) == naive for instant in found)


def test_a_day_the_zone_never_had_gets_no_reminder():
    apia = ZoneInfo("Pacific/Apia")
    day, due = next_reminder(utc("2011-12-30T06:00"), apia, Wish(time(19)))
    assert (day, due) == (date(2011, 12, 31), utc("2011-12-31T05:00"))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-10T02:59", "2026-03-09"),  # 03:59 in Berlin
        ("2026-03-10T03:00", "2026-03-10"),  # 04:00
        ("2026-03-29T01:59", "2026-03-28"),  # 03:59 summer time
        ("2026-03-29T02:00", "2026-03-29"),
        ("2026-10-25T02:59", "2026-10-24"),  # 03:59 winter time
        ("2026-10-25T03:00", "2026-10-25"),
    ],
)
def test_a_day_begins_at_four(instant, day):
    assert local_day(utc(instant), BERLIN) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("made", "counts"),
    [
        ("2026-03-10T02:59", False),  # still the day before
        ("2026-03-10T03:00", True),
        ("2026-03-11T10:59", True),  # 11:59 of the next day
        ("2026-03-11T11:00", True),
        ("2026-03-11T11:01", False),  # 12:01
    ],
)
def test_an_entry_counts_until_noon_of_the_next_day(made, counts):
    assert is_in_time(date(2026, 3, 10), utc(made), BERLIN) is counts


@pytest.mark.parametrize(
    ("due", "lapses"),
    [
        ("2026-03-10T18:00", "2026-03-10T22:00"),
        ("2026-03-10T22:30", "2026-03-11T02:30"),
        ("2026-03-10T23:30", "2026-03-11T03:00"),  # 04:00 in Berlin comes first
        ("2026-03-11T02:30", "2026-03-11T03:00"),
        ("2026-03-28T23:30", "2026-03-29T02:00"),  # a short night
    ],
)
def test_a_late_reminder_lapses_after_four_hours_or_with_the_day(due, lapses):
    assert not_after(utc(due), BERLIN) == utc(lapses)


@given(st.sampled_from(ZONES), st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1)))
@settings(max_examples=200)
def test_a_reminder_never_lapses_before_it_is_due(name, naive):
    due = naive.replace(tzinfo=UTC)
    assert due < not_after(due, ZoneInfo(name)) <= due + timedelta(hours=4)


@pytest.mark.parametrize(
    ("average", "options", "expected"),
    [
        (3, {}, [(2, "E9-2d"), (4, "E9-4d"), (7, "E9-7d"), (14, "E9-14d")]),
        (7, {}, [(1, "E9-soft"), (2, "E9-2d"), (4, "E9-4d"), (7, "E9-7d"), (14, "E9-14d")]),
        (3, {"weekly": True}, [(8, "E9-2d"), (10, "E9-4d"), (13, "E9-7d")]),
        (3, {"weekly": True, "daily_until": 3}, [(2, "E9-2d"), (10, "E9-4d"), (13, "E9-7d")]),
        (7, {"weekly": True, "daily_until": 7}, [(1, "E9-soft"), (2, "E9-2d"), (4, "E9-4d"), (7, "E9-7d")]),
    ],
)
def test_silence_is_noticed_in_steps(average, options, expected):
    last = date(2026, 3, 10)
    if "daily_until" in options:
        options = {**options, "daily_until": last + timedelta(days=options["daily_until"])}
    found = silence_steps(last, average, **options)
    assert [((day - last).days, code) for day, code in found] == expected


@pytest.mark.parametrize("phase", ["rest", "prevention"])
@pytest.mark.parametrize("average", [3, 8])
def test_the_fold_raises_the_same_steps_on_the_same_days(plan, phase, average):
    first = date(2026, 3, 1)
    intake = IntakeFact(first, first, None, 34, False, average)
    state = start(plan, intake, StartFact(phase))
    _, decisions = fold_to(plan, intake, state, first + timedelta(days=60))
    raised = [(decision.day, code) for decision in decisions for code in decision.notices]
    assert raised == list(silence_steps(first, average, weekly=phase == "prevention"))
