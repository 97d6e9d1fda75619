"""A back-test whose workers are killed comes to what an undisturbed one does."""

import os

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import BackTest, BackTestResult, OutboxMessage
from recovery.services import plans
from recovery.services.back_tests import asking, shards
from recovery.services.plan_documents import document_of
from tests.factories import make_user
from tests.past import write
from tests.recovery.services.back_tests.conftest import KEY, longer_stay

EPISODES = int(os.environ.get("FAULT_EPISODES") or 200)
KILLS = 1

pytestmark = pytest.mark.django_db(transaction=True)


def found(asked: BackTest) -> list[tuple]:
    rows = BackTestResult.objects.filter(back_test=asked).order_by("episode_id")
    return [(row.episode_id, row.days, row.first_difference_on, row.figures, row.fault) for row in rows]


def test_killed_workers_change_nothing(machinery, report):
    admin = make_user("admin")
    write(20, 4, copies=EPISODES // 20)
    draft = plans.start_draft(KEY, admin, timezone.now())
    draft = plans.edit(draft.pk, longer_stay(document_of(draft)), draft.revision, admin, timezone.now())
    calm = asking.ask(draft, asking.EVERYBODY, admin, timezone.now())
    shards.work(timezone.now)
    calm.refresh_from_db()

    stormy = asking.ask(draft, asking.EVERYBODY, admin, timezone.now())
    machinery.add_worker()
    machinery.add_worker()
    machinery.add_beat()
    for _ in range(KILLS):
        both_busy = processes.wait_until(
            lambda: stormy.shards.filter(state="claimed").count() == 2, seconds=60, pause=0.005
        )
        assert both_busy, "the workers took up no work"
        machinery.kill_a_worker()
    processes.wait_until(lambda: not BackTest.objects.running().exists(), seconds=180, pause=0.2)
    stormy.refresh_from_db()
    again = stormy.shards.filter(epoch__gt=1).count()
    results, expected = found(stormy), found(calm)
    report(
        ("parts begun again after their worker was killed", "1 or more", again, again > 0),
        ("back-test ends", "done", stormy.state, stormy.is_done),
        ("episodes with exactly one result", EPISODES, len(results), len(results) == EPISODES),
        ("results other than those of an undisturbed run", 0, results != expected, results == expected),
        ("summary other than that one", 0, stormy.summary != calm.summary, stormy.summary == calm.summary),
        ("messages written", 0, OutboxMessage.objects.count(), not OutboxMessage.objects.exists()),
    )
