"""Clients that keep one connection each and send the next request when the last is answered."""

import random
import socket
import threading
import time
from dataclasses import dataclass, field

from .asking import Source

EXPECTED = (b"HTTP/1.1 201", b"HTTP/1.1 303")


class UnexpectedAnswer(RuntimeError):
    """The server answered something a measurement must not count."""


@dataclass
class Round:
    """What a few seconds of load gave; latencies in ms."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)


def play(port: int, source: Source, groups: list[list], seconds: float, seed: int) -> Round:
    """One client per group of patients, each client taking its own patients in turn."""
    played, problems = Round(), []
    started = time.perf_counter()
    clients = [
        threading.Thread(
            target=_client, args=(port, source, group, started + seconds, seed + n, played.latencies, problems)
        )
        for n, group in enumerate(groups)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if problems:
        raise problems[0]
    played.seconds = time.perf_counter() - started
    return played


def _client(port, source, patients, until, seed, latencies, problems):
    rnd, count = random.Random(seed), 0
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < until:
                asked = source(patients[count % len(patients)], rnd)
                count += 1
                sent = time.perf_counter()
                connection.sendall(asked)
                _read_answer(connection)
                latencies.append((time.perf_counter() - sent) * 1000)
    except (OSError, UnexpectedAnswer) as problem:
        problems.append(problem)


def _read_answer(connection) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection, data)
    head, _, body = data.partition(b"\r\n\r\n")
    length = _length(head)
    while len(body) < length:
        body += _more(connection, data)
    if not head.startswith(EXPECTED):
        raise UnexpectedAnswer(f"{head.splitlines()[0].decode()}: {body[:300].decode(errors='replace')}")


def _more(connection, so_far: bytes) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        raise UnexpectedAnswer(f"the server closed the connection after {so_far[:80]!r}")
    return piece


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
