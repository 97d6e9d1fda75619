"""A real gunicorn that can be killed and started again on the same port, and phones that do not give up."""

import http.client
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from deploy import processes

TRY_AGAIN_AFTER = 0.1  # seconds


@dataclass
class Web:
    """The product's web server on the test's database."""

    env: dict
    log: Path
    port: int = 0
    process: object = None
    began: float = 0

    def start(self, bug: str = "") -> "Web":
        """Starts it, with a fault sown in it if one is named; answers come as soon as it listens."""
        self.port = self.port or processes.free_port()
        self.env["FAULT_BUG"] = bug or self.env.get("FAULT_BUG", "")
        where = ["--bind", f"127.0.0.1:{self.port}", "tests.faults.site"]
        command = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", *where]
        self.process = processes.start([sys.executable, *command], env=self.env, log=self.log)
        self.began = time.monotonic()
        return self

    def kill(self) -> None:
        """Kills it and its workers at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Stops it in order."""
        if self.process is not None:
            processes.stop(self.process)

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return _ask(self.port, "GET", "/healthz", {}, None)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def post(self, token: str, body: dict) -> int:
        """Sends a check-in once; the status of the answer, 0 without one."""
        try:
            return _ask(self.port, "POST", "/api/v1/check-ins/", {"Authorization": f"Bearer {token}"}, body)[0]
        except (OSError, http.client.HTTPException):
            return 0

    def post_until_taken(self, token: str, body: dict, patience: float = 180) -> tuple[int, list[int]]:
        """Sends a check-in until it is answered with 2xx; the last status, and every other answer on the way.

        A phone never gives up. Its patience counts anew from each start of the web: many kills on a slow machine take
        longer than any one answer may.
        """
        asked, others = time.monotonic(), []
        while time.monotonic() < max(asked, self.began) + patience:
            status = self.post(token, body)
            if 200 <= status < 300:
                return status, others
            if status:
                others.append(status)
            time.sleep(TRY_AGAIN_AFTER)
        return 0, others


def _ask(port: int, method: str, path: str, headers: dict, body: dict | None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        kind = {"Content-Type": "application/json"} if body is not None else {}
        connection.request(method, path, json.dumps(body) if body is not None else None, {**headers, **kind})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
