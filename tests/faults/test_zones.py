"""Reminders in the database through the next changes of clocks of every zone: one a day, at the wall-clock time."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from recovery.models import Reminder, ReminderSetting
from recovery.services import reminders
from tests import factories
from tests.rules.clock_changes import zones_with_changes

from . import bugs

SINCE = datetime(2026, 6, 1, tzinfo=UTC)
DAYS_BEFORE, DAYS_AFTER = 1, 3
A_DAY = timedelta(days=1)
TIMES = (time(2, 30), time(19), time(0, 15))


def changes(each: int = 1) -> list[tuple[str, datetime]]:
    """Every zone's changes since 2026, one of a shape: the one that counts for whoever lives by it now."""
    found = {}
    for name, all_of_them in zones_with_changes()[::each]:
        for change in all_of_them:
            if change.at >= SINCE:
                found.setdefault((change.shape, change.at.year % 2), (name, change.at))
    return list(found.values())


def lived(chosen) -> list:
    """Runs the reminders of people in these zones around the change of their clocks, sweep by sweep."""
    doubled = skipped = wrong = 0
    for n, (zone, at) in enumerate(chosen):
        patient = factories.make_user(time_zone=zone)
        asked_at = TIMES[n % len(TIMES)]
        ReminderSetting.objects.create(patient=patient, at=asked_at, quiet_from=None, quiet_until=None)
        start = at - DAYS_BEFORE * A_DAY
        episode = factories.open_episode(patient, start)
        now = start
        while now < at + DAYS_AFTER * A_DAY:
            due = Reminder.objects.filter(episode=episode, state="due").values_list("due_at", flat=True).first()
            if due is None:
                break
            now = due
            reminders.remind_due(now)
            reminders.remind_due(now)  # as two sweeps do
        days = defaultdict(list)
        for row in Reminder.objects.filter(episode=episode).exclude(state="due"):
            days[row.local_date].append(row.due_at.astimezone(ZoneInfo(zone)))
        doubled += sum(len(each) > 1 for each in days.values())
        skipped += (max(days) - min(days)).days + 1 - len(days)
        wrong += sum(not _is_that_time(day, each[0], asked_at) for day, each in days.items())
    return [
        ("N3 F10 changes of clocks lived through in the database", "> 0", len(chosen), len(chosen) > 0),
        ("N3 F10 days with two reminders", 0, doubled, not doubled),
        ("N3 F10 days without one", 0, skipped, not skipped),
        ("N3 F10 reminders at another wall-clock time", 0, wrong, not wrong),
    ]


def _is_that_time(day, local: datetime, asked: time) -> bool:
    """At the wished time of the intended day, or past the gap that swallowed it."""
    wanted = datetime.combine(day, asked, local.tzinfo)
    there_and_back = wanted.astimezone(UTC).astimezone(local.tzinfo)
    return local == there_and_back and local.fold == 0 or local.replace(tzinfo=None) == wanted.replace(tzinfo=None)


def test_every_zone_has_one_reminder_a_day_at_its_time(transactional_db, report):
    report(*lived(changes()))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_tomorrow_as_twenty_four_hours_would_be_caught(transactional_db, report, monkeypatch):
    monkeypatch.setattr(reminders, "next_reminder", bugs.a_day_later)
    report.broken_by("in_hours", *lived(changes(each=8)))
