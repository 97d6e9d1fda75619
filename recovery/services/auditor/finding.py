"""One thing the auditor found, before it is kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Found:
    """What is missing or late, about what, and when it ought to have been there."""

    kind: str
    about: str
    due_at: datetime
    episode_id: UUID | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two findings the same."""
        return self.kind, self.about
