"""What tests of channels share: a server on loopback."""

import pytest

from . import http_server


@pytest.fixture
def server():
    """A real HTTP server that answers as told."""
    with http_server.running() as server:
        yield server
