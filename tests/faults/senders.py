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
    running: list[int] = field(default_factory=list)
    kills: int = 0
    nursery: subprocess.Popen | None = None

    def start(self, count: int, bug: str = "") -> None:
        """So many senders, with a fault sown in them if one is named."""
        self.env["FAULT_BUG"] = bug
        for _ in range(count):
            self.add()

    def add(self) -> None:
        """One more sender."""
        if self.nursery is None:
            self.nursery = self._open()
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        born = self.nursery.stdout.readline()
        if not born:
            raise RuntimeError(f"no sender was born: {self.log.read_text()[-2000:]}")
        self.running.append(int(born))

    def kill_one(self) -> None:
        """Kills one as a power cut would, and starts another in its place."""
        self._kill(self.rnd.randrange(len(self.running)))
        self.add()

    def kill_all(self) -> None:
        """Kills all of them; returns when none of them is left."""
        gone = list(self.running)
        while self.running:
            self._kill(0)
        processes.wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in gone), seconds=20)

    def _kill(self, which: int) -> None:
        os.kill(self.running.pop(which), signal.SIGKILL)
        self.kills += 1

    def kill_while_sending(self, times: int, sink, left, longest_pause: float = 0.2) -> None:
        """Kills one so often, each time at a random moment after mail has begun to flow again."""
        while_sending(self.kill_one, times, sink, left, pauses=lambda: self.rnd.uniform(0, longest_pause))

    def alive(self) -> int:
        """How many of those that were not killed on purpose still run."""
        return sum(Path(f"/proc/{pid}").exists() for pid in self.running)

    def set_clock(self, seconds: float) -> None:
        """From now on every sender's clock is wrong by so much."""
        name = Path(self.env["FAULT_CLOCK"])
        fresh = name.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(name)

    def stop(self) -> None:
        """Ends what is left."""
        if self.nursery is not None:
            self.nursery.kill()  # its children die with it
            self.nursery.wait()
            self.nursery.stdin.close()
            self.nursery.stdout.close()
        self.running, self.nursery = [], None

    @property
    def log(self) -> Path:
        return self.folder / "senders.log"

    def _open(self) -> subprocess.Popen:
        with self.log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.faults.sender"],
                env={**os.environ, **self.env},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
