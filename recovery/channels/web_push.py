"""Notifications on phones and browsers; every person reads the same words, and no health detail travels."""

import json
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils import translation
from py_vapid import Vapid02

from recovery.models import Delivery, Device, OutboxMessage

from . import http
from .errors import AddressRefused, Permanent, Temporary
from .push_sealing import check_keys, encode, seal

PUBLIC_SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    ".push.apple.com",
    ".notify.windows.com",
)
LONGEST_TTL = timedelta(days=7)
SIGNED_FOR = timedelta(hours=12)
GONE = (404, 410)
ABOUT_THE_MESSAGE = (400, 413)
SLOW_DOWN = 429


class WebPush:
    """The channel of everybody who switched notifications on, once for each device."""

    name = "push"

    def endpoints(self, person) -> list[str]:
        """The ids of the person's devices."""
        return [str(pk) for pk in Device.objects.of(person).values_list("pk", flat=True)] if is_on() else []

    def can_reach(self, person, endpoint: str) -> bool:
        return is_on() and Device.objects.of(person).filter(pk=endpoint).exists()

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Hands one notification to the device's push service."""
        device = Device.objects.filter(pk=delivery.endpoint, person=delivery.message.recipient_id).first()
        if device is None:
            raise Permanent("device was removed")
        answer = http.post(
            device.address,
            seal(payload(delivery.message), device.key, device.secret),
            headers(delivery, device, now),
            is_trusted=origin(device.address) in settings.PUSH_ORIGINS,
        )
        if problem := problem_in(answer):
            raise problem
        return answer.headers.get("location", "")


def is_on() -> bool:
    """Whether this service has a key to notify with."""
    return bool(settings.VAPID_PRIVATE_KEY)


def may_be_asked(address: str) -> bool:
    """Whether a browser's push address leads to a push service we know; anything else is not asked at all."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if origin(address) in settings.PUSH_ORIGINS:
        return True
    known = any(host == each or each[0] == "." and host.endswith(each) for each in PUBLIC_SERVICES)
    return parts.scheme == "https" and known and port in (None, 443) and not parts.username


def keys_fit(key: str, secret: str) -> bool:
    """Whether a browser's two keys are what they should be."""
    try:
        check_keys(key, secret)
    except ValueError:
        return False
    return True


def payload(message: OutboxMessage) -> bytes:
    """The same words for every person and every kind of message; the app itself says what it is about."""
    with translation.override(message.recipient.language if message.recipient else settings.LANGUAGE_CODE):
        words = render_to_string("messages/push.txt").strip()
    return json.dumps({"title": "Backstride", "body": words, "url": "/", "tag": topic(message)}).encode()


def topic(message: OutboxMessage) -> str:
    """One name for all copies of a message: a later one takes the place of an earlier one."""
    return encode(sha256(message.pk.bytes).digest())[:32]


def headers(delivery: Delivery, device: Device, now: datetime) -> dict[str, str]:
    """How urgent it is, how long it may wait for the phone, and who we are."""
    is_safety = delivery.priority == OutboxMessage.Priority.SAFETY
    ttl = min(delivery.not_after - now, LONGEST_TTL) if delivery.not_after else LONGEST_TTL
    claims = {
        "aud": origin(device.address),
        "exp": int((now + SIGNED_FOR).timestamp()),
        "sub": settings.VAPID_CONTACT,
    }
    return {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(max(0, int(ttl.total_seconds()))),
        "Topic": topic(delivery.message),
        "Urgency": "high" if is_safety else "normal",
        **_signer(settings.VAPID_PRIVATE_KEY).sign(claims),
    }


def problem_in(answer: http.Answer) -> Exception | None:
    """What an answer that is no yes means for the delivery."""
    if 200 <= answer.status < 300:
        return None
    words = f"push service answered {answer.status}"
    if answer.status in GONE:
        return AddressRefused(words)
    if answer.status in ABOUT_THE_MESSAGE:
        return Permanent(words)
    return Temporary(words, is_soon=answer.status != SLOW_DOWN)


def origin(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def public_key() -> str:
    """What a browser subscribes with."""
    key = _signer(settings.VAPID_PRIVATE_KEY).public_key
    return encode(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def new_private_key() -> str:
    """A key of our own, as the environment holds it."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return encode(number.to_bytes(32, "big"))


@cache
def _signer(private_key: str) -> Vapid02:
    try:
        return Vapid02.from_raw(private_key.encode())
    except Exception as problem:
        raise ImproperlyConfigured(
            "VAPID_PRIVATE_KEY is no key: `manage.py make_vapid_key` prints one, or leave it empty."
        ) from problem
