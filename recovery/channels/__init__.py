"""Ways a message leaves: each channel has a name, knows whom it can reach, sends, and has two ways to fail."""

from .errors import AddressRefused, Permanent, Temporary

__all__ = ["AddressRefused", "Permanent", "Temporary"]
