"""Moves of many episodes whose workers are killed end as if nobody had been: each made once, nobody left behind."""

import os

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import DueMove, Episode, OutboxMessage, PlanMove
from recovery.services import episodes, plan_moves, plans, verification
from tests.factories import answers, load_plan, make_user, shipped_document
from tests.recovery.services.back_tests.conftest import longer_stay

EPISODES = int(os.environ.get("FAULT_EPISODES") or 200)
KILLS = 3

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_workers_move_everybody_once(machinery, report):
    now = timezone.now()
    first = load_plan(now)
    today = now.date()
    for _ in range(EPISODES):
        episodes.open_episode(make_user(), answers(onset_on=today, last_run_on=today), now)
    newer, _ = plans.load(longer_stay(shipped_document()), now)
    messages = OutboxMessage.objects.count()
    asked = plan_moves.ask_all(newer, plan_moves.NOW, None, now)
    machinery.add_worker()
    machinery.add_worker()
    machinery.add_beat()
    for kill in range(1, KILLS + 1):
        part = EPISODES * kill // (KILLS + 2)
        assert processes.wait_until(lambda part=part: PlanMove.objects.count() >= part, seconds=90, pause=0.005)
        machinery.kill_a_worker()
    processes.wait_until(lambda: not DueMove.objects.waiting().exists(), seconds=180, pause=0.2)
    left = Episode.objects.filter(plan_version=first).count()
    unlike = sum(bool(list(verification.differences(episode))) for episode in Episode.objects.all()[:40])
    report(
        ("moves asked for", EPISODES, asked, asked == EPISODES),
        ("moves made", EPISODES, PlanMove.objects.count(), PlanMove.objects.count() == EPISODES),
        ("episodes left on the old version", 0, left, left == 0),
        ("episodes the rules see differently, of 40", 0, unlike, unlike == 0),
        ("messages written", messages, OutboxMessage.objects.count(), OutboxMessage.objects.count() == messages),
    )
