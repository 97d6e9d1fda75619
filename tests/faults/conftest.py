"""What every fault test may ask for: an environment, a seeded chance, real machinery, a table of what was seen."""

import os
import random

import pytest

from deploy.testing import workers

from .machinery import Machinery
from .senders import Senders
from .sink import SlowSink
from .table import Table
from .web import Web


@pytest.fixture
def seed():
    """Chosen anew each time and printed; FAULT_SEED replays a run."""
    chosen = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**6))
    print(f"\n  FAULT_SEED={chosen}")
    return chosen


@pytest.fixture
def rnd(seed):
    return random.Random(seed)


@pytest.fixture
def sink(seed):
    with SlowSink(seed) as server:
        yield server


@pytest.fixture
def environment(transactional_db, valkey, tmp_path):
    """The product's own settings on this test's database and broker."""
    valkey.flush()
    return {
        "DJANGO_SETTINGS_MODULE": "deploy.settings",
        "DEBUG": "1",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": workers.database_url(),
        "REDIS_URL": valkey.url,
        "DATA_DIR": str(tmp_path),
        "SITE_URL": "http://127.0.0.1",
        "API_RATE_PERSON": "100000/m",
        "API_RATE_STRANGER": "100000/m",
    }


@pytest.fixture
def machinery(environment, sink, tmp_path, rnd):
    """Workers and beats; none yet."""
    made = Machinery({**environment, "EMAIL_URL": sink.url}, tmp_path, rnd)
    yield made
    made.stop()


@pytest.fixture
def senders(environment, sink, tmp_path, rnd):
    """Senders that need no broker; none yet."""
    made = Senders({**environment, "REDIS_URL": "", "EMAIL_URL": sink.url, "FAULT_LEASE": "8"}, tmp_path, rnd)
    yield made
    made.stop()


@pytest.fixture
def web(environment, tmp_path):
    """A gunicorn, started by `.start()`."""
    made = Web({**environment, "WEB_PROCESSES": "2"}, tmp_path / "web.log")
    yield made
    made.stop()


@pytest.fixture
def report(request):
    """Prints promises beside what was seen, and holds the test to them; `.broken_by(bug, rows)` wants one broken."""
    return Table(request.node.name)
