"""The short form of `make faults`: real senders killed while they send lose nothing and double what was promised."""

import random

import pytest

from deploy import processes
from deploy.testing import workers
from recovery.models import Delivery
from tests.faults import bugs, letters
from tests.faults.senders import Senders
from tests.faults.sink import SlowSink

pytestmark = pytest.mark.sqlite_only  # `make faults` runs the long form on both
MESSAGES, KILLS = 24, 4


@pytest.fixture
def sink():
    with SlowSink(seed=1) as server:
        yield server


@pytest.fixture
def senders(transactional_db, sink, tmp_path):
    env = {
        "DJANGO_SETTINGS_MODULE": "deploy.settings",
        "DEBUG": "1",
        "DATABASE_URL": workers.database_url(),
        "REDIS_URL": "",
        "EMAIL_URL": sink.url,
        "DATA_DIR": str(tmp_path),
        "SITE_URL": "http://testserver",
        "FAULT_LEASE": "600",  # no sender of a busy machine is as slow as this: copies come of kills alone
    }
    made = Senders(env, tmp_path, random.Random(7))
    yield made
    made.stop()


def test_killed_senders_lose_nothing_and_double_at_most_one_a_kill(senders, sink):
    written = letters.write(MESSAGES)
    senders.start(2)
    senders.kill_while_sending(KILLS, sink, letters.left, longest_pause=0.05)
    senders.kill_all()
    Delivery.objects.filter(state="claimed").update(lease_ends_up=0)  # as if the lease of the dead had run out
    senders.start(2)
    processes.wait_until(lambda: not letters.left(), seconds=60, pause=0.05)
    lost, doubled, most = letters.seen(sink, written)
    assert senders.kills > 0 and not letters.left()
    assert (lost, doubled <= senders.kills, most <= 3) == (set(), True, True)


def test_every_fault_that_can_be_sown_says_what_it_does():
    assert all(sow.__doc__ for sow in bugs.BUGS.values())
