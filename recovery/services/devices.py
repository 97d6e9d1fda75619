"""Switching notifications on and off, device by device."""

from datetime import datetime
from hmac import compare_digest

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


@transaction.atomic
def renew(old: str, proof: str, address: str, key: str, secret: str, now: datetime) -> Device:
    """The browser's new address takes the place of its old one, for the same person; said again, nothing changes.

    Nobody need be signed in: the old address with its secret is known to that browser and to us alone. Raises Refused.
    """
    if not is_on() or not may_be_asked(address) or not keys_fit(key, secret):
        raise Refused("device_unknown", "address")
    before, after = digest_of(old), digest_of(address)
    rows = {row.digest: row for row in Device.objects.select_for_update().filter(digest__in=[before, after])}
    device, there = rows.get(before), rows.get(after)
    if device is None or not _is_same(device.secret, proof):
        if there is not None and _is_same(there.secret, secret):
            return there
        raise Refused("device_unknown", "old")
    Device.objects.filter(digest=after).exclude(pk=device.pk).delete()  # the same browser cannot be two people's
    for name, value in {"address": address, "digest": after, "key": key, "secret": secret, "added_at": now}.items():
        setattr(device, name, value)
    device.save()
    return device


def _is_same(kept: str, said: str) -> bool:
    return compare_digest(kept.encode(), said.encode(errors="surrogatepass"))


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
