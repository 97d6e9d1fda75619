"""The browser's side of web push: makes its keys and opens what was sealed for it."""

import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from recovery.channels.push_sealing import CURVE, _derive, encode


class Phone:
    """One subscription of one browser."""

    def __init__(self):
        self.private, self.auth = ec.generate_private_key(CURVE), os.urandom(16)
        self.point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.key, self.secret = encode(self.point), encode(self.auth)

    def open(self, body: bytes) -> bytes:
        """The text of a sealed body; fails for one sealed for somebody else."""
        salt, (record, length) = body[:16], struct.unpack("!IB", body[16:21])
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= record
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        seed = _derive(self.auth, b"WebPush: info\0" + self.point + sender, shared, 32)
        key = _derive(salt, b"Content-Encoding: aes128gcm\0", seed, 16)
        nonce = _derive(salt, b"Content-Encoding: nonce\0", seed, 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")
