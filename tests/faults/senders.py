"""Senders that need no broker, killed at random by their process id."""

import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from deploy import processes
from tests.faults.killing import while_sending


@dataclass
class Senders:
    """Some running senders; whoever is killed is replaced."""

    env: dict
    folder: Path
    rnd: random.Random
    running: list[subprocess.Popen] = field(default_factory=list)
    kills: int = 0

    def add(self) -> None:
        """One more sender."""
        log = self.folder / f"sender{self.kills}-{len(self.running)}.log"
        self.running.append(processes.start([sys.executable, "-m", "tests.faults.sender"], env=self.env, log=log))

    def kill_one(self) -> None:
        """Kills one as a power cut would, and starts another in its place."""
        victim = self.running.pop(self.rnd.randrange(len(self.running)))
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
        self.kills += 1
        self.add()

    def kill_while_sending(self, times: int, sink, left) -> None:
        """Kills one so often, each time at a random moment after mail has begun to flow again."""
        while_sending(self.kill_one, times, sink, left, pauses=lambda: self.rnd.uniform(0, 0.2))

    def stop(self) -> None:
        """Ends what is left."""
        for process in self.running:
            process.kill()
            process.wait()
