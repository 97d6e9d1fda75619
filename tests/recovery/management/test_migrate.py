"""Upgrading while people work: a migration gives way, tries again and leaves the connection as it was."""

import io

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import OperationalError, connection

from recovery.management.commands import migrate as ours

pytestmark = pytest.mark.django_db


class LockNotAvailable(Exception):
    sqlstate = "55P03"


def busy(times: int, seen: list):
    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            seen.append(cursor.fetchone()[0])
        if len(seen) <= times:
            raise OperationalError from LockNotAvailable()

    return handle


@pytest.fixture
def on_postgresql(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("locks of this kind are PostgreSQL's")
    monkeypatch.setattr(ours, "REST", 0)


@pytest.mark.usefixtures("on_postgresql")
def test_a_migration_that_meets_a_lock_gives_way_and_tries_again(monkeypatch):
    seen, err = [], io.StringIO()
    monkeypatch.setattr(migrate.Command, "handle", busy(3, seen))
    call_command("migrate", stderr=err)
    assert seen == ["1s"] * 4 and "3 of 10" in err.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "0"


@pytest.mark.usefixtures("on_postgresql")
def test_after_ten_tries_it_fails(monkeypatch):
    seen = []
    monkeypatch.setattr(migrate.Command, "handle", busy(99, seen))
    with pytest.raises(OperationalError):
        call_command("migrate", stderr=io.StringIO())
    assert len(seen) == ours.TRIES


def test_where_there_is_nothing_to_do_it_says_so():
    out = io.StringIO()
    call_command("migrate", stdout=out)
    assert "No migrations to apply" in out.getvalue()
