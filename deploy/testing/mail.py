"""A real SMTP server that keeps what it accepted."""

import email
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller

from deploy import processes


@dataclass
class Mailbox:
    """What arrived, in order; each message also says in `to` whom the envelope named."""

    messages: list[EmailMessage] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server calls it so
        message = email.message_from_bytes(envelope.content, policy=default)
        message.to = list(envelope.rcpt_tos)
        with self.arrived:
            self.messages.append(message)
            self.arrived.notify_all()
        return "250 kept"

    def wait_for(self, count: int, seconds: float = 20) -> list[EmailMessage]:
        """The messages, as soon as there are this many; fewer when the time is up."""
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.messages) >= count, seconds)
            return list(self.messages)

    def sent_to(self, address: str) -> list[EmailMessage]:
        """The messages for one address."""
        return [message for message in self.messages if address in message.to]

    def clear(self) -> None:
        """Forgets what arrived."""
        with self.arrived:
            self.messages.clear()


class SmtpSink(Mailbox):
    """The mailbox with its server, on a loopback port."""

    def __init__(self):
        super().__init__()
        self.port = processes.free_port()
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self):
        self._server.start()
        return self

    def __exit__(self, *_):
        self._server.stop()
