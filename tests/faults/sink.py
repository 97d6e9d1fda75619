"""A mail server that accepts a message, keeps it, and only then takes its time to say so: there copies are born."""

import asyncio
import random
from collections import Counter

from deploy.testing.mail import SmtpSink

SLOWEST = 0.03  # seconds


class SlowSink(SmtpSink):
    """Counts copies by Message-ID, from what really arrived."""

    def __init__(self, seed: int):
        super().__init__()
        self._rnd, self.slowest = random.Random(seed), SLOWEST

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server calls it so
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(self._rnd.uniform(0, self.slowest))
        return answer

    def copies(self) -> Counter:
        """How often each outbox row arrived, by the row's id."""
        with self.arrived:
            return Counter(message["Message-ID"].strip("<>").partition("@")[0] for message in self.messages)

    def size(self) -> int:
        """How many messages arrived, copies included."""
        return len(self.messages)
