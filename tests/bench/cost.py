"""Where a check-in's time goes, counted in one process without a server or other clients."""

import json
import random
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock
from uuid import uuid4

from django.db import connection, connections
from django.test import Client

from recovery.rules.state import State
from recovery.services import check_ins, folding

from . import people
from .people import Patient

RUNS = 40


@dataclass
class Cost:
    """Averages over RUNS check-ins; times in ms."""

    queries: float = 0
    bytes_written: float = 0
    parts: dict[str, float] = field(default_factory=dict)


@dataclass
class Stopwatch:
    """Adds up the time spent in chosen functions."""

    seconds: dict[str, float] = field(default_factory=dict)
    calls: int = 0

    def timed(self, name: str, function: Callable) -> Callable:
        def timing(*args, **options):
            started = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - started

        return timing

    def sql(self, execute, *args):
        """For Django's execute_wrapper."""
        self.calls += 1
        return self.timed("SQL", execute)(*args)


def of_a_check_in(patients: list[Patient], send: Callable[[Client, Patient, random.Random], object]) -> Cost:
    """What one check-in costs through `send`, on average."""
    rnd, watch, client = random.Random(1), Stopwatch(), Client()
    for patient in patients[:4]:
        send(client, patient, rnd)
    _keep_whole_log()
    before = written()
    with watching(watch):
        started, on_processor = time.perf_counter(), time.thread_time()
        for n in range(RUNS):
            send(client, patients[n % len(patients)], rnd)
        whole, on_processor = time.perf_counter() - started, time.thread_time() - on_processor
    parts = {name: seconds * 1000 / RUNS for name, seconds in watch.seconds.items()}
    return Cost(
        watch.calls / RUNS,
        (written() - before) / RUNS,
        {"whole": whole * 1000 / RUNS, "processor": on_processor * 1000 / RUNS, **parts},
    )


@contextmanager
def watching(watch: Stopwatch):
    """Times SQL, commits, the rules and JSON while it lasts."""
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(watch.sql))
        for owner, name, label in (
            (type(connections["default"]), "_commit", "commit"),
            (folding, "fold_day", "rules"),
            (check_ins, "record", "service"),
            (State, "to_json", "JSON"),
            (json, "dumps", "JSON"),
            (json, "loads", "JSON"),
        ):
            stack.enter_context(mock.patch.object(owner, name, watch.timed(label, getattr(owner, name))))
        from_json = watch.timed("JSON", State.from_json)
        stack.enter_context(mock.patch.object(State, "from_json", from_json))
        yield


def _keep_whole_log() -> None:
    """SQLite writes its log from the start again now and then; here it must grow, so that growth can be read."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA wal_autocheckpoint=0")


def written() -> int:
    """How much has gone into the write-ahead log so far, in bytes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")
            return int(cursor.fetchone()[0])
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    return log.stat().st_size if log.exists() else 0


def through_service(client: Client, patient: Patient, rnd: random.Random) -> None:
    """A check-in without HTTP."""
    made_at = patient.next_evening()
    fact = people.said(made_at.date(), rnd)
    check_ins.record(patient.user, check_ins.Entry(fact, uuid4(), made_at, "UTC"), made_at)
