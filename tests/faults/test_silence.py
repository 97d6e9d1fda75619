"""Each process is killed in turn: its silence is seen within three minutes, and by what is not silent itself."""

import os
import signal
import sys
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from deploy import processes
from recovery.services import alarms, heartbeat, outbox
from recovery.services.sending_state import signs_of_life
from recovery.web.sending.page import signs
from tests import factories

MINUTES_3, A_MOMENT = timedelta(minutes=3), timedelta(seconds=2)


@pytest.fixture
def auditor(environment, sink, tmp_path):
    """Starts the auditor, with a fault sown in it if one is named; kills it by its id."""
    started = []

    def start(bug=""):
        env = {**environment, "EMAIL_URL": sink.url, "FAULT_BUG": bug}
        command = [sys.executable, "-m", "tests.faults.auditor"]
        started.append(processes.start(command, env=env, log=tmp_path / "auditor.log"))
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def silent(name: str, after: timedelta) -> bool:
    """Whether the page would call this process silent so long after its last sign."""
    last = heartbeat.last(name)
    (sign,) = (sign for sign in signs(last + after) if sign.name == name)
    return not sign.is_fresh


def stands_still(name: str, seconds: float = 4) -> bool:
    """Whether a process gives no more signs."""
    last = heartbeat.last(name)
    return not processes.wait_until(lambda: heartbeat.last(name) != last, seconds, pause=0.2)


def all_alive() -> bool:
    return all(signs_of_life().values())


def banner(client, at) -> bool:
    """Whether an admin's page shows the banner at this instant."""
    with time_machine.travel(at, tick=False):
        client.force_login(factories.make_user("admin"))
        return "Messages may be late or missing." in client.get("/plans/").content.decode()


def test_every_silence_is_seen(machinery, auditor, valkey, client, report):
    factories.load_plan()
    factories.make_user("admin")
    watch = auditor()
    machinery.add_worker()
    machinery.add_beat()
    alive = processes.wait_until(all_alive, seconds=90, pause=0.3)
    fresh = not any(silent(name, MINUTES_3 - A_MOMENT) for name in signs_of_life())

    kill(watch)
    no_auditor = stands_still("auditor")
    last = heartbeat.last("auditor")
    before, after = banner(client, last + MINUTES_3 - A_MOMENT), banner(client, last + MINUTES_3 + A_MOMENT)

    (beat,) = machinery.beats
    kill(beat)
    no_beat = stands_still("beat")
    told = alarms.watch_beat(heartbeat.last("beat") + MINUTES_3 + A_MOMENT)

    valkey.stop()
    says = client.get("/readyz")
    broker = 0 if says.json()["broker"] else says.status_code
    valkey.start()
    kill(machinery.workers[0])
    no_worker = stands_still("routine") and stands_still("urgent")
    late = all(silent(name, MINUTES_3 + A_MOMENT) for name in signs_of_life())
    with time_machine.travel(heartbeat.last("beat") + MINUTES_3 + A_MOMENT, tick=False):
        ready = client.get("/readyz").status_code
    report(
        ("F8 all four give signs of life", True, alive, alive),
        ("F8 false alarms before three minutes", 0, int(not fresh) + before, fresh and not before),
        ("F8 auditor killed: staff see the banner at 3 min", True, after, no_auditor and after),
        ("F8 beat killed: admins are written to at 3 min", "> 0", told, no_beat and told > 0),
        ("F8 broker killed: /readyz", 503, broker, broker == 503),
        ("F8 worker killed: its lines are silent at 3 min", True, late, no_worker and late),
        ("N4 beat silent for 3 min: /readyz", 503, ready, ready == 503),
    )  # fmt: skip


def stuck(auditor, bug="") -> list:
    """Nobody sends: a warning has been due for six minutes."""
    now = timezone.now()
    word = outbox.message("stuck", "invitation", now, recipient=factories.make_user(), priority=1)
    auditor(bug)
    clean = processes.wait_until(lambda: heartbeat.last("auditor"), seconds=60, pause=0.2)
    word.created_at = word.due_at = now - timedelta(minutes=6)
    outbox.write([word])
    still = processes.wait_until(lambda: stands_still("auditor", 2.5), seconds=20)
    return [
        ("F8 the auditor gives a sign while all is well", True, clean, clean),
        ("F8 and none while a message is stuck", True, still, still),
    ]


def test_the_auditor_is_silent_while_something_is_stuck(auditor, report):
    factories.load_plan()
    report(*stuck(auditor))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_an_auditor_that_always_says_all_is_well_would_be_caught(auditor, report):
    factories.load_plan()
    report.broken_by("cheerful", *stuck(auditor, "cheerful"))
