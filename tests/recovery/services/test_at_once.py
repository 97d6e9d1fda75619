"""A button tapped twice does its work once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from recovery.models import Episode
from recovery.services import episodes
from recovery.services.refusals import Refused
from tests.factories import DAY_1, answers, at, load_plan, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_starts_at_once_one_opens_a_plan_and_the_others_are_told_there_is_one():
    load_plan()
    patient = make_user()

    def start(_):
        try:
            return bool(episodes.open_episode(patient, answers(), at(DAY_1)))
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(start, range(8)))
    assert sorted(map(str, outcomes)) == ["True"] + ["episode_already_open"] * 7
    assert Episode.objects.count() == 1
