"""Children that live exactly as long as we want: started, restarted, stopped in order, never left behind."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(sign: int = signal.SIGTERM) -> Callable[[], None]:
    """A hook for a new child: on Linux the kernel sends it this signal when its parent dies."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(sign))


def start(command: Sequence[str], env: dict | None = None, log: Path | None = None, **how) -> subprocess.Popen:
    """Starts a child in a session of its own, so that Ctrl-C reaches only us and we stop it in our order."""
    output = log.open("ab") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(),
            **how,
        )
    finally:
        if log:
            output.close()


def stop(process: subprocess.Popen, patience: float = 10, sign: int = signal.SIGTERM) -> int:
    """Asks a child to stop, insists after `patience` seconds, and returns its exit code."""
    if process.poll() is None:
        process.send_signal(sign)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def wait_until(true: Callable[[], object], seconds: float, pause: float = 0.05) -> bool:
    """Asks again until the answer is yes; False when the time is up."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def free_port() -> int:
    """A loopback port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port: int) -> bool:
    """True when a server could listen on this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
