"""No test leaves this machine."""

import socket

import pytest

from deploy.testing.guard import OutsideConnection, is_inside


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80), ("example.org", 443)])
def test_a_connection_to_elsewhere_is_refused(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises(OutsideConnection):
        outward.connect(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_is_inside(host):
    assert is_inside(socket.AF_INET6 if ":" in host else socket.AF_INET, (host, 80))
