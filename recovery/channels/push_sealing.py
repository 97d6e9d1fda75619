"""Seals a push so that only the phone it goes to can read it (RFC 8291, in one record of RFC 8188)."""

import base64
import binascii
import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
LAST_RECORD = b"\x02"


def seal(text: bytes, phone_key: str, phone_secret: str) -> bytes:
    """The body of a push for the phone with these two keys; raises ValueError for keys that are none."""
    return _seal(text, phone_key, phone_secret, ec.generate_private_key(CURVE), os.urandom(16))


def _seal(text: bytes, phone_key: str, phone_secret: str, ours: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    point, secret = check_keys(phone_key, phone_secret)
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
    our_point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    seed = _derive(secret, b"WebPush: info\0" + point + our_point, shared, 32)
    key = _derive(salt, b"Content-Encoding: aes128gcm\0", seed, 16)
    nonce = _derive(salt, b"Content-Encoding: nonce\0", seed, 12)
    head = salt + struct.pack("!IB", RECORD, len(our_point)) + our_point
    return head + AESGCM(key).encrypt(nonce, text + LAST_RECORD, None)


def check_keys(phone_key: str, phone_secret: str) -> tuple[bytes, bytes]:
    """The phone's point on the curve and its secret; raises ValueError when they cannot be that."""
    point, secret = decode(phone_key), decode(phone_secret)
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    if len(secret) != 16:
        raise ValueError("the secret is not 16 bytes long")
    return point, secret


def decode(text: str) -> bytes:
    """Bytes from unpadded base64url; raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as problem:
        raise ValueError("not base64url") from problem


def encode(content: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _derive(salt: bytes, info: bytes, secret: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
