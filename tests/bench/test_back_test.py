"""What a back-test costs: processor time for each day lived twice, and what moves between versions add to a day."""

import os
from time import process_time

import pytest
from django.utils import timezone

from recovery.models import Episode
from recovery.services import plans
from recovery.services.back_tests import asking, shards
from recovery.services.plan_course import course_of
from recovery.services.plan_documents import document_of
from tests.factories import make_user
from tests.past import write
from tests.recovery.services.back_tests.conftest import KEY, longer_stay

EPISODES = int(os.environ.get("BENCH_EPISODES") or 200)
WEEKS = 8
WANTED = 10_000 * 60  # days
CORES = 2
MOST = 180  # seconds for all of them on two cores: a minute or two, and room for a slower machine

pytestmark = pytest.mark.django_db


def test_ten_thousand_episodes_of_sixty_days_take_a_minute_or_two():
    admin, now = make_user("admin"), timezone.now()
    write(20, WEEKS, copies=EPISODES // 20)
    draft = plans.start_draft(KEY, admin, now)
    draft = plans.edit(draft.pk, longer_stay(document_of(draft)), draft.revision, admin, now)
    asked = asking.ask(draft, asking.EVERYBODY, admin, now)
    began = process_time()
    shards.work(timezone.now)
    took = process_time() - began
    asked.refresh_from_db()
    days = asked.summary["days"]
    needed = WANTED / (days / took) / CORES
    print(f"\n{days:,} days of {EPISODES} episodes lived twice: {days / took:,.0f} days/s on one core")
    print(f"10,000 episodes of 60 days on {CORES} cores: {needed:.0f} s of processor time each")
    assert needed < MOST


def test_an_episode_that_never_moved_asks_the_database_nothing_about_moves(django_assert_num_queries):
    write(20, 1)
    episode = Episode.objects.first()
    with django_assert_num_queries(0):
        course_of(episode, episode.started_on)
