"""What the log says of signing in: each time, by id, and never by address or password."""

import logging

import pytest
from django.urls import reverse

from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "accounts")
    return lambda: [(record.message, getattr(record, "person", None)) for record in caplog.records]


def sign_in(client, password):
    client.post(reverse("account_login"), {"login": "nora@example.test", "password": password})


def test_each_sign_in_and_each_refused_one_is_a_line_without_address_or_password(client, patient, lines, caplog):
    sign_in(client, "not-this-one")
    sign_in(client, PASSWORD)
    client.post(reverse("account_logout"))
    who = str(patient.pk)
    assert lines() == [("sign-in refused", None), ("signed in", who), ("signed out", who)]
    assert not any(word in caplog.text for word in ("nora@", "not-this-one", PASSWORD))


def test_a_limit_that_is_met_is_a_line(client, patient, lines):
    for _ in range(11):
        sign_in(client, "not-this-one")
    assert lines()[-1][0] == "too many tries"
