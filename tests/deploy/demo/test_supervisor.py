"""Starting, refusing to start, restarting and stopping the demo's processes."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import processes
from deploy.demo import child
from deploy.demo.child import Child
from deploy.demo.errors import CannotStart
from deploy.demo.folder import Folder

ROOT = Path(__file__).parents[3]


def demo(*arguments):
    command = [sys.executable, "-m", "deploy.demo", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_a_port_in_use_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = demo("--port", port, "--data", tmp_path)
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {port} is in use: stop what uses it, or choose another with make demo PORT={port + 1}.\n"
    )


def test_a_folder_that_cannot_be_written_to_is_one_sentence():
    refused = demo("--port", processes.free_port(), "--data", "/dev/null/data")
    assert refused.returncode == 1
    assert refused.stderr.startswith("The folder /dev/null/data cannot be written to: choose another")
    assert len(refused.stderr.splitlines()) == 1


def test_two_demos_do_not_share_a_folder(tmp_path):
    first = Folder(tmp_path)
    first.prepare()
    with pytest.raises(CannotStart, match="Another demo uses"):
        Folder(tmp_path).prepare()


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    folder = Folder(tmp_path)
    secret = folder.secret()
    assert folder.secret() == secret
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.fixture
def sleeper(tmp_path):
    made = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "log")
    made.start()
    yield made
    made.stop()


def test_a_dead_child_is_started_again(sleeper, monkeypatch):
    monkeypatch.setattr(child, "SHORTEST_PAUSE", 0.0)
    sleeper.pause = 0.0
    before = sleeper.process.pid
    os.kill(before, signal.SIGKILL)
    assert processes.wait_until(sleeper.revive, seconds=10)
    assert sleeper.process.pid != before


def test_a_living_child_is_left_alone(sleeper):
    before = sleeper.process.pid
    assert not sleeper.revive()
    assert sleeper.process.pid == before


def test_a_child_that_keeps_dying_is_started_less_and_less_often(tmp_path):
    failing = Child("failing", [sys.executable, "-c", "print('no'); raise SystemExit(1)"], tmp_path / "log")
    failing.start()
    pauses = []
    while len(pauses) < 2:
        if processes.wait_until(failing.revive, seconds=10):
            pauses.append(failing.pause)
    failing.stop()
    assert pauses == [1.0, 2.0]


def test_a_stopped_child_is_gone(sleeper):
    sleeper.stop()
    assert sleeper.process.returncode == -signal.SIGTERM
