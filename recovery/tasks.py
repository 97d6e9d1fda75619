"""What the clock sets off. Each task may run twice, late or not at all without harm: the rows decide."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from recovery.channels import directory
from recovery.services import escalations, heartbeat, outbox, reminders, silence
from recovery.services.back_tests import shards

# Half of Celery's time limit, which would kill a sender in the middle of a message and so double it.
LONGEST_DELIVERY = timedelta(seconds=30)
# Short, so that a message waits for no longer than this behind a back-test.
A_SLICE = timedelta(seconds=1.5)


@shared_task
def deliver():
    """Sends what waits in the outbox."""
    outbox.lapse_overdue(timezone.now())
    until = timezone.now() + LONGEST_DELIVERY
    while outbox.deliver_due(timezone.now, directory.send, until=until) >= outbox.BATCH:
        pass


@shared_task
def remind():
    """Turns due reminders into messages and gives every open episode its next one."""
    until = timezone.now() + LONGEST_DELIVERY
    while reminders.remind_due(timezone.now()) and timezone.now() < until:
        pass
    reminders.schedule_missing(timezone.now())


@shared_task
def watch_silence():
    """Judges silent days, and shows again what nobody has acknowledged."""
    silence.watch(timezone.now())
    escalations.show_again(timezone.now())


@shared_task(name="recovery.tasks.heartbeat")
def beat_heartbeat():
    """Shows that beat and a worker are alive."""
    heartbeat.note("beat", timezone.now())


@shared_task
def back_test():
    """Does a slice of a running back-test, and asks for another hand while there is more to do."""
    shards.work(timezone.now, until=timezone.now() + A_SLICE)
    if shards.is_any_left(timezone.now()):
        back_test.apply_async(expires=30)
