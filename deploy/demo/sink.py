"""The demo's mail server: each accepted message becomes a file that /demo/mail/ shows."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from aiosmtpd.controller import Controller


class MailFolder:
    """Keeps messages as .eml files whose names sort by time of arrival."""

    def __init__(self, folder: Path):
        self.folder = folder

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server calls it so
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
        half = self.folder / f".{name}"
        half.write_bytes(envelope.content)
        os.replace(half, self.folder / f"{name}.eml")
        return "250 kept"


def serve(folder: Path, port: int) -> Controller:
    """Starts the server in a thread of its own; `.stop()` ends it."""
    controller = Controller(MailFolder(folder), hostname="127.0.0.1", port=port)
    controller.start()
    return controller
