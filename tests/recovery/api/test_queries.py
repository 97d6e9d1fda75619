"""A check-in costs the same whatever the length of the history."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import DAY_1, at, check_in

from .asking import check_in_body


@pytest.mark.parametrize("days", [5, 200])
def test_a_check_in_costs_at_most_12_queries(phone, patient, clock, days):
    for number in range(days):
        check_in(patient, DAY_1 + timedelta(days=number))
    today = DAY_1 + timedelta(days=days)
    clock.move_to(at(today))
    phone.ask("GET", "episodes/current/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = phone.ask("POST", "check-ins/", check_in_body(today, uuid4()))
    assert answer.status_code == 201
    assert len(asked) <= 12, [query["sql"][:100] for query in asked]


@pytest.mark.parametrize("noun", ["check-ins", "decisions", "episodes", "messages", "reminders"])
def test_a_list_costs_the_same_however_long_it_is(phone, patient, clock, noun):
    counts = []
    for number in range(8):
        check_in(patient, DAY_1 + timedelta(days=number))
        clock.move_to(at(DAY_1 + timedelta(days=number)))
        with CaptureQueriesContext(connection) as asked:
            phone.ask("GET", f"{noun}/")
        counts.append(len(asked))
    assert len(set(counts[2:])) == 1, counts
