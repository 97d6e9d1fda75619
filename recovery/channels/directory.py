"""Every channel there is, and the one `send` that finds the right one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from recovery.models import Delivery

from .email import Email
from .sms import Sms
from .web_push import WebPush


class Channel(Protocol):
    """What a way out must be able to do."""

    name: str

    def endpoints(self, person) -> Sequence[str]:
        """Where this channel reaches the person now; empty when it cannot."""

    def can_reach(self, person, endpoint: str) -> bool:
        """Whether an endpoint chosen earlier is still this person's."""

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Hands the delivery over; the other side's reference, or an empty string. Raises Temporary or Permanent."""


CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (Email(), WebPush(), Sms())}


def send(delivery: Delivery, now: datetime) -> str:
    """Sends a delivery on its own channel; raises Temporary or Permanent."""
    return CHANNELS[delivery.channel].send(delivery, now)
