"""How the sending side stands right now, read from its rows; for the admins' page and for a monitor."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from recovery.models import Delivery, Escalation, OutboxMessage, Reminder, Shortfall

from . import heartbeat
from .auditor.rounds import AUDITOR
from .sweep import LINES

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
ENDS = ("sent", "withheld", "lapsed", "failed")
AGES = {"under_1h": AN_HOUR, "under_4h": 4 * AN_HOUR, "under_24h": A_DAY, "older": None}
URGENT = (OutboxMessage.Priority.SAFETY, OutboxMessage.Priority.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of deliveries: how many are due, how long the oldest has been, how many are being sent."""

    name: str
    due: int
    oldest_due_at: datetime | None
    claimed: int
    gone_round_at: datetime | None

    def oldest_age(self, now: datetime) -> timedelta:
        """How long the oldest due one has waited."""
        return now - self.oldest_due_at if self.oldest_due_at else timedelta(0)


def lines(now: datetime) -> list[Line]:
    """The urgent and the routine line."""
    return [_line(name, now) for name in LINES]


def reminders_due(now: datetime) -> int:
    """Reminders whose time has come and that are no message yet."""
    return Reminder.objects.filter(state="due", due_at__lte=now).count()


def ended(since: datetime) -> dict[str, int]:
    """Deliveries that came to each end since then."""
    rows = Delivery.objects.filter(ended_at__gte=since).values_list("state").annotate(Count("pk"))
    return dict.fromkeys(ENDS, 0) | dict(rows)


def ended_by_hour(now: datetime) -> list[dict[str, int]]:
    """The same for each of the last 24 hours, oldest first."""
    hours = [dict.fromkeys(ENDS, 0) for _ in range(24)]
    recent = Delivery.objects.filter(ended_at__gt=now - A_DAY, ended_at__lte=now)
    for state, at in recent.values_list("state", "ended_at").iterator():
        assert at is not None  # ended_delivery_says_when
        hours[23 - min(23, int((now - at) / AN_HOUR))][state] += 1
    return hours


def unacknowledged(now: datetime) -> dict[str, int]:
    """Open escalations by how long they have waited for a person."""
    waiting, younger_than, counts = Escalation.objects.filter(status="open"), now, {}
    for name, age in AGES.items():
        until = Q(raised_at__gt=now - age) if age else Q()
        counts[name] = waiting.filter(until, raised_at__lte=younger_than).count()
        younger_than = now - age if age else younger_than
    return counts


def undelivered() -> int:
    """Messages about safety that no way could deliver, of escalations nobody has closed."""
    failed = OutboxMessage.objects.filter(priority=OutboxMessage.Priority.SAFETY, state="failed")
    return failed.exclude(escalation=None).exclude(escalation__status="resolved").count()


def signs_of_life() -> dict[str, datetime | None]:
    """When beat, each line and the auditor last showed themselves."""
    return {name: heartbeat.last(name) for name in (heartbeat.BEAT, *LINES, AUDITOR)}


def shortfalls() -> dict[str, int]:
    """What the auditor finds missing or late, by kind."""
    found = dict(Shortfall.objects.standing().order_by().values_list("kind").annotate(Count("pk")))
    return dict.fromkeys(Shortfall.Kind.values, 0) | found


def _line(name: str, now: datetime) -> Line:
    of_it = Q(priority__in=URGENT) if name == LINES[0] else ~Q(priority__in=URGENT)
    due = Delivery.objects.due_by(now).filter(of_it).aggregate(count=Count("pk"), oldest=Min("due_at"))
    claimed = Delivery.objects.filter(of_it, state="claimed").count()
    return Line(name, due["count"], due["oldest"], claimed, heartbeat.last(name))
