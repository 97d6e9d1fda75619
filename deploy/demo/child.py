"""One process of the demo, started again when it dies."""

import subprocess
import time
from pathlib import Path

from deploy import processes

SHORTEST_PAUSE, LONGEST_PAUSE, SETTLED_AFTER = 0.5, 30.0, 60.0  # seconds


class Child:
    """A command that ought to run; the pause before a restart doubles while it keeps dying young."""

    def __init__(self, name: str, command: list, log: Path):
        self.name, self.command, self.log = name, command, log
        self.pause = SHORTEST_PAUSE
        self.process: subprocess.Popen | None = None
        self.started_at = 0.0

    def start(self) -> None:
        """Starts the command."""
        self.process = processes.start(self.command, log=self.log)
        self.started_at = time.monotonic()

    def revive(self) -> bool:
        """Starts the command again if it has died and its pause is over; True if it did."""
        if self.process is None or self.process.poll() is None:
            return False
        age = time.monotonic() - self.started_at
        if age < self.pause:
            return False
        self.pause = SHORTEST_PAUSE if age > SETTLED_AFTER else min(self.pause * 2, LONGEST_PAUSE)
        self.start()
        return True

    def stop(self) -> None:
        """Asks it to stop, and insists."""
        if self.process:
            processes.stop(self.process)

    def last_line(self) -> str:
        """The last thing it said."""
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"
