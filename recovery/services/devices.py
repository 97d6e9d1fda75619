"""Switching notifications on and off, device by device."""

from datetime import datetime

from django.db import transaction
from django.db.models import Subquery

from recovery.channels import AddressRefused
from recovery.channels.web_push import is_on, keys_fit, may_be_asked
from recovery.models import Delivery, Device
from recovery.models.device import digest_of

from .refusals import Refused

MOST = 10


@transaction.atomic
def add(person, address: str, key: str, secret: str, name: str, now: datetime) -> Device:
    """Notifies this person on a device from now on; a browser somebody else used before is theirs alone now."""
    if not is_on() or not may_be_asked(address) or not keys_fit(key, secret):
        raise Refused("device_unknown", "address")
    others = Device.objects.select_for_update().of(person).exclude(digest=digest_of(address))
    if others.count() >= MOST:
        raise Refused("too_many_devices", count=MOST)
    kept = {"person": person, "address": address, "key": key, "secret": secret, "name": name, "added_at": now}
    device, _ = Device.objects.update_or_create(digest=digest_of(address), defaults=kept)
    return device


def remove(person, pk) -> bool:
    """No more notifications there; whether there was such a device of theirs."""
    gone, _ = Device.objects.of(person).filter(pk=pk).delete()
    return bool(gone)


def note_refusal(row: Delivery, problem: Exception) -> None:
    """Forgets a device whose push service no longer knows it, unless it has subscribed anew since this was sent."""
    if row.channel == Delivery.Channel.PUSH and isinstance(problem, AddressRefused):
        begun = row.attempts.order_by("-epoch").values("started_at")[:1]
        Device.objects.filter(pk=row.endpoint, added_at__lte=Subquery(begun)).delete()


def note_accepted(row: Delivery, now: datetime) -> None:
    """Remembers when a device last took a notification."""
    if row.channel == Delivery.Channel.PUSH:
        Device.objects.filter(pk=row.endpoint).update(reached_at=now)
