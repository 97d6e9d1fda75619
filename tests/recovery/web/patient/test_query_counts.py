"""What a page costs does not grow with the history."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories

from .conftest import filled

HISTORIES = [5, 200]
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def queries_of(action) -> int:
    """Queries of one request, without the marks of the transactions around it."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return sum(query["sql"].split()[0] not in BOOKKEEPING for query in captured)


@pytest.fixture(params=HISTORIES)
def last_day(request, patient, clock):
    """A patient with this many days behind them; the clock stands in the evening of the next day."""
    factories.open_episode(patient)
    for number in range(request.param):
        factories.check_in(patient, factories.DAY_1 + timedelta(days=number), average=number % 3, worst=4)
    today = factories.DAY_1 + timedelta(days=request.param)
    clock.move_to(factories.at(today))
    return today


def test_today_costs_at_most_fifteen_queries(page, last_day):
    page.get(reverse("patient:today"))
    assert queries_of(lambda: page.get(reverse("patient:today"))) <= 15


def test_a_check_in_costs_at_most_twelve_queries(page, last_day):
    page.get(reverse("patient:today"))
    form = filled(last_day, medicine="none")
    assert queries_of(lambda: page.post(reverse("patient:check_in"), form)) <= 12


@pytest.mark.parametrize("name", ["progress", "activities", "check_in", "learn", "settings"])
def test_the_other_pages_cost_at_most_twelve_queries(page, last_day, name):
    page.get(reverse("patient:today"))
    assert queries_of(lambda: page.get(reverse(f"patient:{name}"))) <= 12
