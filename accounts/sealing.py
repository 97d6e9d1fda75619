"""Keeping what people wrote unreadable to whoever has the database alone: AES-GCM under keys it does not hold."""

import base64
import hmac
import os
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed1:"
MARKED, MARK_LENGTH = "m:", 62
NAME, NONCE = 8, 12  # characters of a key's name, bytes of a nonce


class WrongKey(Exception):
    """What is stored was sealed with a key that is not among ours, or was tampered with."""


def seal(text: str, place: str) -> str:
    """The text under the newest key, bound to its place (table and column); an empty text stays empty."""
    if not text:
        return text
    name, key = _keys(settings.DATA_KEYS)[0]
    nonce = os.urandom(NONCE)
    hidden = base64.urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())).decode()
    return f"{MARK}{name}:{hidden}"


def unseal(stored: str, place: str) -> str:
    """The text again; what was stored before there were keys is read as it is."""
    if not is_sealed(stored):
        return stored
    name, _, hidden = stored.removeprefix(MARK).partition(":")
    key = dict(_keys(settings.DATA_KEYS)).get(name)
    if key is None:
        raise WrongKey(f"The key {name} is missing: put it into DATA_KEYS, behind the newest one.")
    try:
        raw = base64.urlsafe_b64decode(hidden)
        if base64.urlsafe_b64encode(raw).decode() != hidden:
            raise ValueError("spelled in another way than we do")
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], place.encode()).decode()
    except (InvalidTag, ValueError) as problem:
        raise WrongKey(f"What is stored in {place} was not written there with the key {name}.") from problem


def mark(text: str, place: str) -> str:
    """Tells this text from any other without holding it: the same for ever, and no use to whoever lacks AUDIT_KEY."""
    return MARKED + hmac.new(settings.AUDIT_KEY.encode(), f"{place}:{text}".encode(), sha256).hexdigest()[:MARK_LENGTH]


def is_sealed(stored: str) -> bool:
    """Whether this is a sealed text."""
    return stored.startswith(MARK)


def is_newest(stored: str) -> bool:
    """Whether this is sealed with the newest key; an empty text needs none."""
    return not stored or stored.startswith(f"{MARK}{_keys(settings.DATA_KEYS)[0][0]}:")


def has_key(name: str) -> bool:
    """Whether the key of this name is among ours."""
    return name in dict(_keys(settings.DATA_KEYS))


@lru_cache(maxsize=8)
def _keys(written: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """Each key with the short name that stands before what it sealed; the newest first."""
    found = []
    for secret in written:
        key = HKDF(SHA256(), length=32, salt=None, info=b"backstride free text").derive(secret.encode())
        found.append((sha256(key).hexdigest()[:NAME], key))
    return tuple(found)
