"""What every test may ask for: a real broker, a real mail server, real workers; and no way out of this machine."""

import os

import pytest

from deploy.testing import guard, template, workers
from deploy.testing.mail import SmtpSink


def pytest_configure(config):
    guard.keep_connections_inside()
    _let_tests_empty_guarded_tables()


def pytest_collection_modifyitems(config, items):
    """On the second database, only tests that touch it are repeated."""
    if not os.environ.get("TEST_ONLY_DATABASE"):
        return
    chosen, others = [], []
    for item in items:
        (chosen if _is_for_this_database(item) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = chosen


def _is_for_this_database(item) -> bool:
    touches = item.get_closest_marker("django_db") or "_django_db_helper" in item.fixturenames
    return bool(touches) and not item.get_closest_marker("sqlite_only")


def _let_tests_empty_guarded_tables():
    """Tests with real transactions empty every table afterwards; the guards of the audit trail step aside for that."""
    from django.test import TransactionTestCase

    from deploy.testing import guarded

    empty = TransactionTestCase._fixture_teardown
    if empty.__name__ != "teardown":

        def teardown(self):
            with guarded.lifted():
                empty(self)

        TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings_parallel_suffix):
    """Whether the empty SQLite database could be copied, so that it need not be migrated from nothing."""
    from django.db import connection

    return connection.vendor == "sqlite" and template.copy_to(connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    """The database of the run; the first one of a state of the migrations is kept for the next runs."""
    from django.db import connection

    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            connection.ensure_connection()
            template.keep(connection.connection)


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Throttles and sign-in limits do not leak from one test into the next."""
    yield
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def valkey():
    """A real broker for the whole run: `.url`, `.stop()`, `.start()`, `.flush()`."""
    with workers.broker() as server:
        yield server


@pytest.fixture(scope="session")
def _smtp_server():
    with SmtpSink() as server:
        yield server


@pytest.fixture
def smtp_sink(_smtp_server):
    """A real mail server, empty at first: `.url`, `.messages`, `.wait_for(count)`, `.sent_to(address)`."""
    _smtp_server.clear()
    return _smtp_server


@pytest.fixture
def celery_processes(transactional_db, valkey, smtp_sink, tmp_path):
    """Starts real workers and beats on this test's database: `.worker()`, `.beat()`; stops them afterwards."""
    valkey.flush()
    processes = workers.CeleryProcesses(valkey.url, smtp_sink.url, tmp_path)
    yield processes
    processes.stop_all()


@pytest.fixture
def celery_worker_process(celery_processes):
    """Starts one more real Celery worker."""
    return celery_processes.worker


@pytest.fixture
def celery_beat_process(celery_processes):
    """Starts one more real Celery beat."""
    return celery_processes.beat
