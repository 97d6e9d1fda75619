"""Many rows in few commits: one that fails is undone by itself."""

import pytest
from django.db import transaction

from recovery.models import Heartbeat
from recovery.services import one_by_one
from tests.factories import DAY_1, at

pytestmark = pytest.mark.django_db
NOW = at(DAY_1)


@transaction.atomic
def note(name: str, now) -> int:
    Heartbeat.objects.create(name=name, at=now)
    if name == "poison":
        raise ValueError
    return 1


def test_one_that_fails_is_undone_and_takes_nobody_with_it():
    names = [f"n{n}" for n in range(one_by_one.AT_ONCE)]
    assert one_by_one.some_at_a_time(note, [*names, "poison", "last"], NOW) == len(names) + 1
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {*names, "last"}


def test_several_rows_share_a_commit(django_assert_num_queries):
    with django_assert_num_queries(3 * 3 + 2):  # each a savepoint, a row and its release; around them one transaction
        one_by_one.some_at_a_time(note, ["a", "b", "c"], NOW)
