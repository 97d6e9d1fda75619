"""Many patients at once, copied from one: what a flood needs and nothing more."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from recovery.models import Episode, Intake, Reminder
from tests import factories


def with_reminders_due(count: int, now) -> None:
    """So many patients, each with one reminder that is due now."""
    pattern = _pattern(now)
    with transaction.atomic():
        zone = zone_at_noon(now)
        people = [
            User(role="patient", email=f"flood{n}@example.test", display_name=f"Flood {n}", time_zone=zone)
            for n in range(count)
        ]
        User.objects.bulk_create(people, batch_size=500)
        episodes = [_copy(pattern, patient=person, pk=uuid4(), silence_due_at=None) for person in people]
        Episode.objects.bulk_create(episodes, batch_size=500)
        intake = Intake.objects.get(episode=pattern)
        Intake.objects.bulk_create([_copy(intake, pk=None, episode=each) for each in episodes], batch_size=500)
        Reminder.objects.bulk_create(
            [
                Reminder(episode=each, local_date=now.date(), due_at=now, not_after=now + timedelta(hours=4))
                for each in episodes
            ],
            batch_size=500,
        )


def zone_at_noon(now) -> str:
    """A zone whose clocks show about noon: nobody's quiet hours hold anything back."""
    return zone_at(now, 12)


def zone_at(now, hour: int) -> str:
    """A zone whose clocks show about this hour."""
    ahead = (hour - now.hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def _pattern(now) -> Episode:
    start = now - timedelta(days=2)
    factories.load_plan(start - timedelta(days=1))
    onset = start.date() - timedelta(days=10)
    from recovery.services import episodes

    return episodes.open_episode(factories.make_user(), factories.answers(onset_on=onset, last_run_on=onset), start)


def _copy(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    made = type(row)(**values)
    for name, value in changes.items():
        setattr(made, name, value)
    made._state.adding = True
    return made
