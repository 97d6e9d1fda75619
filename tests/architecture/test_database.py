"""Tables and code say the same."""

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_migrations_match_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.sqlite_only
def test_sqlite_keeps_an_accepted_row_through_a_power_cut():
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        full = cursor.execute("PRAGMA synchronous").fetchone()[0]
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    assert (full, journal) == (2, "wal")
