"""Senders that need no broker, killed at random by their process id."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from deploy import processes


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
        for _ in range(times):
            before = sink.size()
            processes.wait_until(lambda before=before: sink.size() > before or not left(), seconds=20, pause=0.01)
            if not left():
                return
            time.sleep(self.rnd.uniform(0, 0.2))
            self.kill_one()

    def stop(self) -> None:
        """Ends what is left."""
        for process in self.running:
            process.kill()
            process.wait()
