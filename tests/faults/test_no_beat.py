"""No beat for hours: late reminders lapse, warnings still go out, and the gap can be seen."""

from datetime import timedelta

from django.utils import timezone

from deploy import processes
from recovery.models import OutboxMessage, Reminder
from recovery.services import heartbeat

from . import story

PEOPLE, WARNED = 30, 10
GAP = timedelta(hours=3)


def test_after_three_hours_without_beat_reminders_lapse_and_warnings_leave(machinery, sink, client, report):
    now = timezone.now()
    people = story.patients(PEOPLE + WARNED, now - GAP, days_ago=1)
    story.warning_signs(people[PEOPLE:], now - GAP)
    story.reminders_due(people[:PEOPLE], now, overdue=GAP)
    heartbeat.note("beat", now - GAP)
    machinery.add_worker()
    was_fine = beat_is_fine(client)

    machinery.add_beat()
    processes.wait_until(lambda: not story.waiting(), seconds=60, pause=0.2)
    is_fine = processes.wait_until(lambda: beat_is_fine(client), seconds=20, pause=0.5)
    late = Reminder.objects.filter(episode__patient__in=people[:PEOPLE], due_at__lte=now)
    lapsed = late.filter(state="lapsed", reason="too_late").count()
    safety = OutboxMessage.objects.filter(priority=OutboxMessage.Priority.SAFETY, state="sent").count()
    told = 3 * WARNED  # the patient, the clinic, and the clinic again: nobody has taken it for three hours
    report(
        ("N4 beat is reported as fine while it is dead", False, was_fine, not was_fine),
        ("N4 late reminders lapsed", PEOPLE, lapsed, lapsed == PEOPLE),
        ("N4 F4 warnings sent", told, safety, safety == told),
        ("N4 messages at the mail server", told, sink.size(), sink.size() == told),
        ("N4 beat is reported as fine again", True, is_fine, is_fine),
    )


def beat_is_fine(client) -> bool:
    """What a probe would read."""
    return client.get("/readyz").json()["beat"]
