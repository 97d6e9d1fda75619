"""Ways a message leaves: each channel has a name, knows whom it can reach, sends, and has two ways to fail."""

from .errors import Permanent, Temporary

__all__ = ["Permanent", "Temporary"]
