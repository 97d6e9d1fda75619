"""A mail server that hangs for one person, puts off another and refuses a third."""

import asyncio

from .sink import SlowSink

HANGS, BUSY, UNKNOWN = "hangs@example.test", "busy@example.test", "unknown@example.test"


class HostileSink(SlowSink):
    """Everybody else's mail is taken."""

    asked: list[str]

    def __init__(self, seed: int):
        super().__init__(seed)
        self.asked = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the server calls it so
        self.asked.append(address)
        if address == HANGS:
            await asyncio.sleep(3600)
        if address == BUSY:
            return "451 come back later"
        if address == UNKNOWN:
            return "550 nobody here by that name"
        envelope.rcpt_tos.append(address)
        return "250 fine"
