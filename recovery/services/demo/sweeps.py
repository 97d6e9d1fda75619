"""What the clock sets off in the simulated past, as the ticks do in the present."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from recovery.models import Delivery, Episode, OutboxMessage, Reminder
from recovery.services import escalations, outbox, reminders, silence

Send = Callable[[Delivery, datetime], str]
REGULARLY = timedelta(hours=6)
SECONDS_TO_SEND = timedelta(seconds=4)


def sweep(now: datetime) -> None:
    """One tick of everything but the sending: reminders, silence, what is shown again, what comes too late."""
    reminders.remind_due(now)
    reminders.schedule_missing(now)
    silence.watch(now)
    escalations.show_again(now)
    outbox.lapse_overdue(now)


def deliver(now: datetime, send: Send | None) -> None:
    """Sends what waits; without a mail server the messages go on waiting for one."""
    if send is None or not OutboxMessage.objects.filter(state="due").exists():
        return
    at = now + SECONDS_TO_SEND
    while outbox.deliver_due(lambda: at, send) >= outbox.BATCH:
        pass


def instants(since: datetime, until: datetime) -> set[datetime]:
    """When to look on a day: where something is known to fall due, and every few hours."""
    steps = int((until - since) / REGULARLY)
    return {*known(since, until), *(since + REGULARLY * step for step in range(steps))}


def known(since: datetime, until: datetime) -> Iterator[datetime]:
    """The instants something is already known to fall due."""
    due = Reminder.objects.filter(state="due", due_at__gte=since, due_at__lt=until)
    quiet = Episode.objects.open().filter(silence_due_at__gte=since, silence_due_at__lt=until)
    yield from due.values_list("due_at", flat=True)
    yield from quiet.values_list("silence_due_at", flat=True)
