"""What the faults happen to: patients with reminders due, warning signs just told, check-ins to come."""

import random
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.services import tokens
from recovery.models import OutboxMessage, Reminder
from recovery.rules.reminders import local_day
from recovery.services import episodes
from tests import factories
from tests.bench.crowd import zone_at_noon

NEVER = timedelta(days=365)


def patients(count: int, now, days_ago: int = 3, zone: str = "") -> list:
    """Patients whose episode began some days ago, in one transaction; it is about noon where they live."""
    start = now - timedelta(days=days_ago)
    with transaction.atomic():
        factories.load_plan(start - timedelta(days=1))
        people = [factories.make_user(time_zone=zone or zone_at_noon(now)) for _ in range(count)]
        onset = start.date() - timedelta(days=10)
        for person in people:
            episodes.open_episode(person, factories.answers(onset_on=onset, last_run_on=onset), start)
    return people


def today(now):
    """The check-in day of people for whom it is about noon."""
    return local_day(now, ZoneInfo(zone_at_noon(now)))


def reminders_due(people: list, now, overdue: timedelta = timedelta(0)) -> None:
    """Gives each patient one reminder that is due now, or was due so long ago that it is too late."""
    due_at = now - overdue
    asked = Reminder.objects.filter(episode__patient__in=people, state="due")
    asked.update(due_at=due_at, not_after=due_at + timedelta(hours=2), local_date=today(now))


def warning_signs(people: list, now) -> None:
    """Each of these patients reports a warning sign: the plan stops, and patient and clinic must hear of it."""
    clinic = factories.make_clinic()
    factories.make_clinician(clinic)
    with transaction.atomic():
        for person in people:
            factories.share(person, clinic)
            checks_in(person, now, red_flags=("RF01",))


def calm_days(people: list, now) -> None:
    """Each of these patients has checked in today and needs no reminder."""
    with transaction.atomic():
        for person in people:
            checks_in(person, now)


def checks_in(person, now, **values):
    """One of them checks in about today."""
    return factories.check_in(person, today(now), made_at=now, zone=zone_at_noon(now), **values)


def bodies(person, first_day, days: int, rnd: random.Random) -> list[dict]:
    """A phone's check-ins for some days in a row, as the API takes them."""
    made = []
    for n in range(days):
        day = first_day + timedelta(days=n)
        average = rnd.choice((1, 2, 3, 5))
        made.append({
            "id": new_id(rnd), "day": day.isoformat(), "time_zone": "UTC",
            "made_at": factories.at(day, 20).isoformat(), "average": average, "worst": average + 1, "morning": average,
            "function": 2, "session": {"status": "none"}, "red_flags": [],
        })  # fmt: skip
    return made


def new_id(rnd: random.Random) -> str:
    """An id as a phone makes it."""
    return str(UUID(int=rnd.getrandbits(128), version=4))


def token_of(person) -> str:
    """A key for the person's phone."""
    return tokens.issue(person, timezone.now())[1]


def waiting() -> int:
    """How many reminders and messages have not come to an end."""
    due = Reminder.objects.filter(state="due", due_at__lte=timezone.now()).count()
    return due + OutboxMessage.objects.filter(state__in=("due", "claimed")).count()
