"""Messages that are due, and what of them arrived."""

from django.utils import timezone

from recovery.models import Delivery
from recovery.services import outbox
from tests import factories


def write(count: int, priority: int = 1, kind: str = "invitation") -> set[str]:
    """So many messages due now, none of them held by quiet hours; their ids."""
    now = timezone.now()
    people = [factories.make_user() for _ in range(count)]
    rows = [
        outbox.message(f"fault:{priority}:{person.pk}", kind, now, recipient=person, priority=priority)
        for person in people
    ]
    outbox.write(rows)
    return {str(row.pk) for row in rows}


def left() -> int:
    """How many have not come to an end."""
    return Delivery.objects.waiting().count()


def seen(sink, written: set) -> tuple[set, int, int]:
    """What was lost, how many copies too many there are, and how many of one message at most."""
    copies = sink.copies()
    return written - set(copies), sum(copies.values()) - len(copies), max(copies.values(), default=0)
