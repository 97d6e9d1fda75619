"""`python -m tests.bench.sink PORT LOG`: a mail server of its own; one line for each message: its id and when."""

import signal
import sys
import threading
import time
from pathlib import Path

from aiosmtpd.controller import Controller


class Noting:
    """Writes down what arrived and when, and keeps nothing else."""

    def __init__(self, log: Path):
        self.log = log.open("a", buffering=1)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server calls it so
        head = envelope.content.partition(b"\r\n\r\n")[0].lower()
        named = head.partition(b"message-id: <")[2].partition(b"@")[0].decode()
        self.log.write(f"{named} {time.time()}\n")
        return "250 kept"


def main(port: int, log: Path) -> None:
    """Serves until it is told to stop."""
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    server = Controller(Noting(log), hostname="127.0.0.1", port=port)
    server.start()
    over.wait()
    server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
