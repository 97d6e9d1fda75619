"""Tests talk to this machine alone."""

import ipaddress
import socket


class OutsideConnection(RuntimeError):
    """A test tried to leave this machine."""


def keep_connections_inside() -> None:
    """From now on, in this process, a socket connects to loopback or a unix socket or not at all."""
    for name in ("connect", "connect_ex"):
        _guard(name)


def _guard(name: str) -> None:
    original = getattr(socket.socket, name)
    if hasattr(original, "inside_only"):
        return

    def guarded(self, address):
        if not is_inside(self.family, address):
            raise OutsideConnection(f"a test tried to connect to {address!r}")
        return original(self, address)

    guarded.inside_only = True
    setattr(socket.socket, name, guarded)


def is_inside(family: int, address) -> bool:
    """True for unix sockets and loopback addresses."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
