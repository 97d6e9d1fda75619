"""History is added to, never edited; the same rule holds for the audit trail of `accounts`."""

from accounts.models.append_only import AppendOnly, AppendOnlyError, AppendOnlyQuerySet

__all__ = ["AppendOnly", "AppendOnlyError", "AppendOnlyQuerySet"]
