"""A hundred clients that send a byte now and then, or nothing at all, keep nobody waiting."""

import http.client
import socket
import statistics
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from deploy import processes

from .web import Web

SLOW = 100
ASKED = 40
HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
ASKING = b"POST /api/v1/auth/token/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
BODY = ASKING + b"Content-Length: 500\r\n\r\n{"
NOTHING = b""
KEPT = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /hea"


@contextmanager
def slow_clients(port: int):
    """Connections of four manners, each fed a byte twice a second where it began to send at all; refilled when cut."""
    over = threading.Event()

    def open_one(number: int) -> tuple[socket.socket, bytes]:
        manner = (HEAD, BODY, NOTHING, KEPT)[number % 4]
        client = socket.create_connection(("127.0.0.1", port), timeout=5)
        client.sendall(manner)
        return client, manner

    clients = [open_one(number) for number in range(SLOW)]

    def feed():
        while not over.wait(0.5):
            for number, (client, manner) in enumerate(clients):
                try:
                    client.send(b"a" if manner else b"")
                except OSError:
                    with suppress(OSError):
                        clients[number] = open_one(number)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        yield
    finally:
        over.set()
        feeder.join()
        for client, _ in clients:
            client.close()


def times(port: int, number: int = ASKED, patience: float = 8) -> list[float]:
    """Milliseconds until each of some requests was answered, one connection each; patience itself when it was not."""
    took = []
    for _ in range(number):
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            connection.request("GET", "/healthz")
            assert connection.getresponse().read()
        except OSError:
            pass
        finally:
            connection.close()
        took.append((time.perf_counter() - began) * 1000)
    return took


@pytest.fixture
def ready(web):
    """The web server, when it answers."""
    assert processes.wait_until(web.is_up, seconds=60)
    return web


def p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def test_others_are_answered_as_fast_as_before(ready, report):
    times(ready.port, 10)
    rounds = []
    for _ in range(3):
        usual = p95(times(ready.port))
        with slow_clients(ready.port):
            beside = p95(times(ready.port))
        rounds.append((beside / usual, usual, beside))
    ratio, usual, beside = min(rounds)
    words = f"{ratio:.2f} ({usual:.0f} ms alone, {beside:.0f} ms beside {SLOW} slow clients)"
    report(("p95 of others beside slow clients, as a ratio", "<= 2", words, ratio <= 2))


def test_a_server_whose_threads_wait_for_clients_would_fail_this(environment, tmp_path):
    plain = Web({**environment, "GUNICORN_CMD_ARGS": "--worker-class gthread"}, tmp_path / "plain.log").start()
    try:
        assert processes.wait_until(plain.is_up, seconds=60)
        with slow_clients(plain.port):
            assert max(times(plain.port, 2, patience=6)) >= 5000
    finally:
        plain.stop()


@pytest.mark.parametrize("manner", [HEAD, BODY, NOTHING])
def test_who_never_ends_is_cut_off(ready, manner):
    with socket.create_connection(("127.0.0.1", ready.port), timeout=25) as client:
        client.sendall(manner)
        began = time.monotonic()
        assert client.recv(100) == b""
        assert time.monotonic() - began < 22


def test_a_client_that_asks_first_whether_to_send_is_told_to(ready):
    with socket.create_connection(("127.0.0.1", ready.port), timeout=10) as client:
        client.sendall(ASKING + b"Content-Length: 2\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 100")
        client.sendall(b"{}")
        assert b"HTTP/1.1 400" in b"".join(iter(lambda: client.recv(4096), b""))
