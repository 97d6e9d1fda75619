"""Addresses somebody gives us that lead inside: none is taken, and none is asked even if it lay in the database."""

import socket
import ssl
import threading
from itertools import product

import pytest

from recovery.channels import Permanent, Temporary, http
from recovery.channels.web_push import may_be_asked
from recovery.models import Device
from recovery.services import devices
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, make_user

from .phone import Phone

pytestmark = pytest.mark.django_db
SCHEMES = ["https://", "http://", "HTTPS://", "https:/", "https:", "//", "wss://", "gopher://", "file://", "dict://"]
HERE = ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1"]
HERE += [
    "127.0.0.1.",
    "127.000.000.001",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::]",
    "①②⑦.⓪.⓪.①",
    "LOCALHOST",
    "localhost.",
]
INSIDE = [
    "169.254.169.254",
    "10.0.0.1",
    "192.168.1.1",
    "metadata.google.internal",
    "[fd00::1]",
    "[fe80::1]",
    "100.64.0.1",
]
KNOWN = "fcm.googleapis.com"
DISGUISED = [
    "https://{known}@{here}/x",
    "https://{known}:443@{here}/x",
    "https://{here}#{known}",
    "https://{here}?{known}",
    "https://{here}\\@{known}/x",
    "https://{known}\\@{here}/x",
    "https://{known}.{here}/x",
    "https://{here}/{known}",
    "https://{known}%00.{here}/x",
    "https://{known}\t@{here}/x",
    "https://{known}%40{here}/x",
    "https://{known}:{port}@{here}:{port}/x",
]


def forms(port: int) -> list[str]:
    """Every way of writing that we know."""
    plain = [f"{scheme}{host}:{port}/x" for scheme, host in product(SCHEMES, HERE + INSIDE)]
    return plain + [
        form.format(known=KNOWN, here=f"{host}:{port}", port=port) for form, host in product(DISGUISED, HERE)
    ]


class Listener:
    """Somebody inside who counts who knocks."""

    def __init__(self, server: socket.socket):
        self.server, self.port, self.knocks, self.is_over = server, server.getsockname()[1], 0, False

    def listen(self) -> None:
        while not self.is_over:
            try:
                self.server.accept()[0].close()
                self.knocks += 1
            except OSError:
                continue


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        listener = Listener(server)
        thread = threading.Thread(target=listener.listen, daemon=True)
        thread.start()
        yield listener
        listener.is_over = True
        thread.join()


@pytest.fixture(autouse=True)
def every_name_leads_inside(monkeypatch, settings):
    """A resolver in the attacker's hand; push is switched on."""
    settings.VAPID_PRIVATE_KEY = "on"

    def inside(_, port, *__, **___):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    context = ssl.create_default_context()  # made once: reading the machine's certificates takes its time
    monkeypatch.setattr(ssl, "create_default_context", lambda: context)


def test_no_request_leaves_for_any_form_of_an_inside_address(listener):
    person, phone = make_user(), Phone()
    tried = forms(listener.port)
    for address in tried:
        with pytest.raises(Refused):
            devices.add(person, address, phone.key, phone.secret, "x", at(DAY_1))
        with pytest.raises((Permanent, Temporary)):
            http.post(address, b"", {})  # as if it lay in the database
    print(f"\npromised 0 requests for {len(tried)} forms of an inside address, seen {listener.knocks}")
    assert len(tried) >= 300 and listener.knocks == 0 and not Device.objects.exists()


def test_a_known_push_service_whose_name_leads_inside_is_not_asked(listener):
    port = listener.port
    assert may_be_asked(f"https://{KNOWN}/x") and not may_be_asked(f"https://{KNOWN}:{port}/x")
    for address in (f"https://{KNOWN}/x", f"https://{KNOWN}:{port}/x"):
        with pytest.raises(Permanent, match="public internet"):
            http.post(address, b"", {})
    assert listener.knocks == 0


def test_the_listener_does_hear_what_is_sent_to_it(listener):
    socket.create_connection(("127.0.0.1", listener.port)).close()
    for _ in range(50):
        if listener.knocks:
            break
        threading.Event().wait(0.02)
    assert listener.knocks == 1
