"""One HTTP request to somebody else's server: checked address, no redirect, a bounded answer, an end to waiting."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import Permanent, Temporary

CONNECT_SECONDS = 5
TOTAL_SECONDS = 20  # well within a delivery's lease
LONGEST_ANSWER = 64 * 1024

Dial = Callable[..., socket.socket]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def post(url: str, body: bytes, headers: dict[str, str], *, is_trusted: bool = False) -> Answer:
    """Posts once; raises Temporary when no whole answer came, Permanent for an address one must not ask.

    Unless the address is one the operator named, it has to be https and lead to the public internet.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    if not parts.hostname or not (secure or is_trusted and parts.scheme == "http"):
        raise Permanent("address is not https")
    target = parts.path + (f"?{parts.query}" if parts.query else "") or "/"
    try:
        with _cut_off(socket.create_connection if is_trusted else dial_public, TOTAL_SECONDS) as dial:
            return _ask(_connection(parts, secure, dial), target, body, headers)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Temporary(type(problem).__name__) from problem


def dial_public(address: tuple[str, int], timeout: float, source_address=None) -> socket.socket:
    """Connects to the first public address of a host; a name that leads to any other is not dialled at all.

    The address that was checked is the one connected to, so a name cannot change its meaning in between.
    """
    host, port = address
    found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(each) for each in found):
        raise Permanent("address is not on the public internet")
    return socket.create_connection((found[0], port), timeout)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; what is wrapped inside it counts too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is not None:
            return is_public(str(wrapped))
        if ip in NAT64:
            return is_public(str(ipaddress.ip_address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _connection(parts, secure: bool, dial: Dial) -> http.client.HTTPConnection:
    if secure:
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=CONNECT_SECONDS, context=context)
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=CONNECT_SECONDS)
    connection._create_connection = dial  # the hook http.client itself dials by
    return connection


def _ask(connection: http.client.HTTPConnection, target: str, body: bytes, headers: dict[str, str]) -> Answer:
    try:
        connection.connect()
        connection.sock.settimeout(TOTAL_SECONDS)
        connection.request("POST", target, body, headers)
        response = connection.getresponse()
        content = response.read(LONGEST_ANSWER)
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, content)
    finally:
        connection.close()


@contextmanager
def _cut_off(dial: Dial, seconds: float) -> Iterator[Dial]:
    """Dials so that the connection ends when time is up, however busily the other side drips."""
    held: list[socket.socket] = []

    def dialled(*address, **options) -> socket.socket:
        sock = dial(*address, **options)
        held.append(sock.dup())  # encryption takes the socket over; this handle still ends the connection
        return sock

    timer = threading.Timer(seconds, _hang_up, (held,))
    timer.daemon = True
    timer.start()
    try:
        yield dialled
    finally:
        timer.cancel()
        timer.join()
        for spare in held:
            spare.close()


def _hang_up(held: list[socket.socket]) -> None:
    for spare in held:
        with suppress(OSError):  # it had ended by itself
            spare.shutdown(socket.SHUT_RDWR)
