import time

from django.core.management.commands import migrate
from django.db import OperationalError, connections

TRIES = 10
PATIENCE = "1s"  # what waits behind a migration's lock waits no longer than this
REST = 2  # seconds between tries, for whoever was kept waiting


class Command(migrate.Command):
    """Django's own command; on PostgreSQL it never makes the service wait for a lock it cannot get at once."""

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            return super().handle(*args, **options)
        for attempt in range(1, TRIES + 1):
            try:
                return self._bounded(connection, *args, **options)
            except OperationalError as problem:
                if getattr(problem.__cause__, "sqlstate", "") != "55P03" or attempt == TRIES:
                    raise
                self.stderr.write(f"Somebody holds a lock this migration needs; trying again ({attempt} of {TRIES}).")
                time.sleep(REST)

    def _bounded(self, connection, *args, **options):
        _say(connection, f"SET lock_timeout = '{PATIENCE}'")
        try:
            return super().handle(*args, **options)
        finally:
            if connection.connection is not None and not connection.connection.closed:
                _say(connection, "SET lock_timeout = DEFAULT")


def _say(connection, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
