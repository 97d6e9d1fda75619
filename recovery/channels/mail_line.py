"""One connection to the mail server for a whole round, and an end to a server that never comes to the point."""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.mail import EmailMultiAlternatives, get_connection

LONGEST = 20.0  # seconds for one message; the time-out of the settings is for each answer, and answers can drip
MOST = 100  # messages on one connection: some servers take no more
IDLE = 1.0  # seconds after which a connection is asked whether it is still there
_here = threading.local()


@contextmanager
def kept_open() -> Iterator[None]:
    """While this lasts, messages of this thread go through one connection."""
    _here.is_kept = True
    try:
        yield
    finally:
        _here.is_kept = False
        _drop()


def hand_over(mail: EmailMultiAlternatives) -> None:
    """Sends it on the kept connection, or on one of its own."""
    if not getattr(_here, "is_kept", False):
        mail.send()
        return
    mail.connection = _usable()
    try:
        mail.connection.open()
        with _ended_after(LONGEST, mail.connection):
            mail.send()
        _here.used_at, _here.count = time.monotonic(), _here.count + 1
    except smtplib.SMTPRecipientsRefused:
        raise  # the server is fine
    except BaseException:
        _drop()
        raise


def _usable():
    kept = getattr(_here, "connection", None)
    if kept is not None and (_here.count >= MOST or not _still_there(kept)):
        _drop()
    if getattr(_here, "connection", None) is None:
        _here.connection, _here.used_at, _here.count = get_connection(), time.monotonic(), 0
    return _here.connection


def _still_there(kept) -> bool:
    server = getattr(kept, "connection", None)
    if not isinstance(server, smtplib.SMTP) or time.monotonic() - _here.used_at < IDLE:
        return True
    try:
        return server.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _drop() -> None:
    kept, _here.connection = getattr(_here, "connection", None), None
    if kept is not None:
        with suppress(OSError, smtplib.SMTPException):
            kept.close()


@contextmanager
def _ended_after(seconds: float, connection) -> Iterator[None]:
    """Hangs up when the time is over; whoever waits for an answer then gets an error."""
    sock = getattr(getattr(connection, "connection", None), "sock", None)
    if sock is None:
        yield
        return
    timer = threading.Timer(seconds, _hang_up, [sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
