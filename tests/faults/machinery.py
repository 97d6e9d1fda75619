"""Real workers and beats that are killed at random, and a broker that loses everything."""

import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from deploy import processes
from deploy.testing.workers import Broker
from tests.faults.killing import while_sending


@dataclass
class Machinery:
    """The Celery processes of one test; stops what is left of them."""

    env: dict
    folder: Path
    rnd: random.Random
    workers: list[subprocess.Popen] = field(default_factory=list)
    beats: list[subprocess.Popen] = field(default_factory=list)
    kills: int = 0

    def add_worker(self) -> None:
        """One more worker with one pool process."""
        self.workers.append(self._start("worker", "--concurrency", "1", "--without-mingle", "--without-gossip"))

    def add_beat(self) -> None:
        """One more beat."""
        self.beats.append(self._start("beat", "--pidfile", ""))

    def kill_a_worker(self) -> None:
        """Kills one worker with its pool and starts another in its place."""
        victim = self.workers.pop(self.rnd.randrange(len(self.workers)))
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
        self.kills += 1
        self.add_worker()

    def kill_while_sending(self, times: int, sink, left) -> None:
        """Kills a worker so often, each time at a random moment after mail has begun to flow again."""
        while_sending(self.kill_a_worker, times, sink, left, pauses=lambda: self.rnd.uniform(0, 0.4))

    def stop(self) -> None:
        """Stops everything, beats first."""
        for process in [*self.beats, *self.workers]:
            process.send_signal(signal.SIGTERM)
        for process in [*self.beats, *self.workers]:
            processes.stop(process)

    def _start(self, kind: str, *options: str) -> subprocess.Popen:
        number = len(list(self.folder.glob(f"{kind}*.log")))
        name = ["--hostname", f"{kind}{number}@faults"] if kind == "worker" else []
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "tests.faults.quick",
            kind,
            *options,
            *name,
            "--loglevel",
            "INFO",
        ]
        return processes.start(command, env=self.env, log=self.folder / f"{kind}{number}.log")


def lose_everything(broker: Broker) -> None:
    """Kills the broker, removes what it kept, and starts it again empty."""
    broker.process.kill()
    broker.process.wait()
    for kept in broker.folder.glob("append*"):
        shutil.rmtree(kept, ignore_errors=True) if kept.is_dir() else kept.unlink()
    broker.start()
