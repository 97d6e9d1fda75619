"""Random secrets people carry, and the digests we keep in their place."""

import secrets
from hashlib import sha256


def new_secret() -> str:
    """A random secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What we keep of a secret: enough to recognise it, not enough to use it."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
