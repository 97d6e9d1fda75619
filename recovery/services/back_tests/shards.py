"""The work of a back-test in parts that any worker may take; a part of a killed worker is taken again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from recovery.models import BackTest, BackTestResult, BackTestShard, Episode
from recovery.services.leases import NO_LEASE, claim_one, free

from .episodes import try_on
from .summing import sum_up_finished

LEASE = timedelta(seconds=30)


def work(now: Callable[[], datetime], until: datetime | None = None) -> int:
    """Takes parts one after the other while there are some and there is time; returns how many were finished."""
    done = 0
    while (shard := claim(now())) is not None:
        done += finish(shard, [try_on(shard.back_test, episode) for episode in _episodes(shard)])
        if until is not None and now() >= until:
            break
    sum_up_finished(now())
    return done


def is_any_left(now: datetime) -> bool:
    """Whether some part waits for a worker."""
    return _waiting(now).exists()


def claim(now: datetime) -> BackTestShard | None:
    """A part that is now ours alone."""
    return claim_one(_waiting(now).select_related("back_test"), LEASE, now)


@transaction.atomic
def finish(shard: BackTestShard, results: list[BackTestResult]) -> int:
    """Keeps the results if the part is still ours; returns 0 when it was cancelled or taken over."""
    mine = BackTestShard.objects.filter(pk=shard.pk, epoch=shard.epoch, state="claimed")
    if not mine.update(state="done", **NO_LEASE):
        return 0
    BackTestResult.objects.bulk_create(results)
    return 1


def _waiting(now: datetime):
    running = BackTest.State.RUNNING
    return BackTestShard.objects.filter(free(now), back_test__state=running).order_by("back_test_id", "number")


def _episodes(shard: BackTestShard) -> list[Episode]:
    return list(Episode.objects.filter(pk__in=shard.episode_ids).order_by("pk"))
