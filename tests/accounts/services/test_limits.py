"""How often one may try: exactly so often, whoever tries at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Bucket
from accounts.services import limits
from accounts.services.limits import Rate
from tests.factories import DAY_1, at

NOON = at(DAY_1, 12)
TEN = Rate(10, 15 * 60)


def taken(tries, now=NOON, key="k", rate=TEN):
    return sum(limits.take(key, rate, now) for _ in range(tries))


@pytest.mark.django_db
@pytest.mark.parametrize("rate", [Rate(1, 10), Rate(3, 60), TEN, Rate(7, 60.0)])
def test_as_many_tries_pass_as_the_rate_says_and_no_more(rate):
    assert taken(rate.tries + 5, rate=rate) == rate.tries


@pytest.mark.django_db
def test_tries_come_back_evenly_and_never_more_than_there_were():
    assert taken(20) == 10
    assert taken(5, NOON + timedelta(seconds=89)) == 0
    assert taken(5, NOON + timedelta(seconds=90)) == 1
    assert taken(20, NOON + timedelta(days=3)) == 10


@pytest.mark.django_db
def test_a_clock_set_back_gives_nothing_away():
    assert taken(10) == 10
    assert taken(5, NOON - timedelta(hours=1)) == 0


@pytest.mark.django_db
def test_each_key_has_tries_of_its_own_and_is_kept_as_a_digest():
    assert taken(20, key="ann@example.test") == taken(20, key="bob@example.test") == 10
    assert not any("example" in row.key for row in Bucket.objects.all())


@pytest.mark.django_db
def test_a_try_can_be_looked_at_given_back_and_all_of_them_refilled():
    assert limits.is_left("k", TEN, NOON) and taken(20) == 10 and not limits.is_left("k", TEN, NOON)
    limits.give_back("k", TEN)
    assert limits.is_left("k", TEN, NOON) and taken(5) == 1
    limits.refill("k")
    assert taken(20) == 10


@pytest.mark.django_db
def test_full_buckets_are_let_go_and_others_stay():
    taken(10, key="old")
    taken(10, NOON + timedelta(hours=2), key="new")
    assert limits.forget_full(NOON + timedelta(hours=2)) == 1
    assert taken(10, NOON + timedelta(hours=2), key="new") == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_limit_passes():
    rounds, threads = 5, 16
    gate = Barrier(threads)

    def burst(number):
        gate.wait()
        try:
            return [sum(limits.take(f"round {r}", TEN, NOON) for _ in range(4)) for r in range(rounds)]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        won = list(pool.map(burst, range(threads)))
    passed = [sum(each) for each in zip(*won, strict=True)]
    print(f"\npromised 10 of {threads * 4} at once, seen {passed}")
    assert passed == [10] * rounds
