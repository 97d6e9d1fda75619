"""A round of messages goes through one connection, and a server that drips is hung up on."""

import smtplib
import socket
import threading

import pytest
from django.core.mail import EmailMultiAlternatives

from deploy import processes
from deploy.testing.mail import SmtpSink
from recovery.channels import mail_line


class Counting(SmtpSink):
    """Counts how often somebody says hello."""

    hellos = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - the server calls it so
        self.hellos += 1
        session.host_name = hostname
        return responses


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with Counting() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def send(count=1, to="you@example.test"):
    for n in range(count):
        mail_line.hand_over(EmailMultiAlternatives(f"{n}", "text", to=[to]))


def test_a_round_goes_through_one_connection(server):
    with mail_line.kept_open():
        send(5)
    assert (len(server.wait_for(5)), server.hellos) == (5, 1)


def test_outside_a_round_each_message_has_its_own(server):
    send(2)
    assert server.hellos == 2


def test_a_connection_is_renewed_after_so_many(server, monkeypatch):
    monkeypatch.setattr(mail_line, "MOST", 2)
    with mail_line.kept_open():
        send(5)
    assert (len(server.wait_for(5)), server.hellos) == (5, 3)


def test_a_connection_the_server_has_closed_is_replaced_before_it_is_used(server, monkeypatch):
    monkeypatch.setattr(mail_line, "IDLE", -1.0)
    with mail_line.kept_open():
        send()
        mail_line._here.connection.connection.sock.shutdown(socket.SHUT_RDWR)
        send()
    assert (len(server.wait_for(2)), server.hellos) == (2, 2)


@pytest.fixture
def dripping(settings):
    """A server that greets, and then says one letter now and again."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    listener, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip():
        client, _ = listener.accept()
        client.sendall(b"220 here\r\n")
        client.recv(1000)
        client.sendall(b"250 fine\r\n")
        while not over.wait(0.05):
            try:
                client.sendall(b"2")
            except OSError:
                return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
    yield
    over.set()
    listener.close()


def test_a_server_that_never_comes_to_the_point_is_hung_up_on(dripping, monkeypatch):
    monkeypatch.setattr(mail_line, "LONGEST", 0.5)
    with mail_line.kept_open(), pytest.raises((smtplib.SMTPException, OSError)):
        send()
    assert processes.wait_until(lambda: mail_line._here.connection is None, seconds=5)
