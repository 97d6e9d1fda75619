"""What the clock sets off. Each task may run twice, late or not at all without harm: the rows decide."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.services import limits
from recovery.channels import directory
from recovery.services import heartbeat, retention, sweep, threads
from recovery.services.back_tests import shards
from recovery.services.cohort_trials import parts

# Short, so that a message waits for no longer than this behind a back-test.
A_SLICE = timedelta(seconds=1.5)


@shared_task
def urgent():
    """Judges silence, tells more people of what nobody took, and sends what concerns safety."""
    sweep.run([sweep.URGENT], timezone.now, directory.send)


@shared_task
def routine():
    """Turns due reminders into messages, gives every open episode its next one, and sends what waits."""
    sweep.run([sweep.ROUTINE], timezone.now, directory.send)


@shared_task
def tidy():
    """Lets go of what nobody has to keep any longer."""
    threads.forget_old(timezone.now())
    limits.forget_full(timezone.now())
    retention.purge_daily(timezone.now())


@shared_task(name="recovery.tasks.heartbeat")
def beat_heartbeat():
    """Shows that beat and a worker are alive."""
    heartbeat.note(heartbeat.BEAT, timezone.now())


@shared_task
def back_test():
    """Does a slice of a running back-test or cohort, and asks for another hand while there is more to do."""
    for bench in (shards, parts):
        bench.work(timezone.now, until=timezone.now() + A_SLICE)
    if any(bench.is_any_left(timezone.now()) for bench in (shards, parts)):
        back_test.apply_async(expires=30)
