"""A web worker whose threads only ever see whole requests, so that clients who send slowly keep nobody waiting.

gunicorn's own threads wait for what a client has begun to send: as many slow clients as there are threads, and nobody
else is answered. Here the loop that watches all connections gathers a request first; then a thread answers.
"""

import re
import selectors
import socket
import struct
import time
from contextlib import suppress
from functools import partial

from gunicorn import http
from gunicorn.workers.gthread import TConn, ThreadWorker

WHOLE_REQUEST = 15  # seconds from its first byte, or from the connection's beginning
STALLED = 15  # seconds a client may take nothing of its answer, or give nothing of a body too long to be gathered
LONGEST_HEAD = 64 * 1024
LONGEST_BODY = 1024 * 1024  # beyond it the application refuses by the length announced
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.I)
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.I)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked", re.I)


def is_whole(request: bytes | bytearray) -> bool:
    """Whether a thread can answer this without waiting for the client."""
    head, end, body = bytes(request).partition(b"\r\n\r\n")
    if not end:
        return len(request) > LONGEST_HEAD
    if CHUNKED.search(head):
        return body.endswith(b"0\r\n\r\n") or len(body) > LONGEST_BODY
    announced = LENGTH.search(head + b"\r\n")
    length = int(announced[1]) if announced else 0
    return length > LONGEST_BODY or len(body) >= length


class PatientWorker(ThreadWorker):
    """gunicorn's threads behind a loop that does the waiting."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gathering: dict[TConn, bytearray] = {}
        self.whole: set[TConn] = set()

    def accept(self, listener):
        """A new connection waits in the loop, not in a thread."""
        try:
            sock, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", STALLED, 0))
        self._gather(TConn(self.cfg, sock, address, listener.getsockname()))

    def enqueue_req(self, conn):
        """A thread takes what was gathered; what came behind it is the beginning of another request."""
        if conn in self.whole:
            self.whole.remove(conn)
            super().enqueue_req(conn)
        else:
            self._gather(conn, conn.parser.unreader.take_buffered())

    def on_client_socket_readable(self, conn, client):
        """The next request of a connection that was kept open."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)

    def murder_pending(self):
        """Lets go of whoever did not send a whole request in time."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [conn for conn in self.gathering if conn.timeout <= now]:
            self._drop(conn)

    def _gather(self, conn, begun: bytes = b""):
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + WHOLE_REQUEST
        self.gathering[conn] = bytearray(begun)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_more, conn))
        if is_whole(begun):
            self._hand_over(conn)

    def _on_more(self, conn, sock):
        try:
            more = sock.recv(64 * 1024)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self._drop(conn)
            return
        came = self.gathering[conn]
        had_head = b"\r\n\r\n" in came
        came += more
        if is_whole(came):
            self._hand_over(conn)
        elif not had_head and b"\r\n\r\n" in came and EXPECTS.search(came):
            with suppress(OSError):
                sock.send(GO_ON)

    def _hand_over(self, conn):
        self.poller.unregister(conn.sock)
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
        conn.parser.unreader.unread(bytes(self.gathering.pop(conn)))
        conn.initialized = conn.data_ready = True
        self.whole.add(conn)
        self.enqueue_req(conn)

    def _drop(self, conn):
        self.gathering.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()
