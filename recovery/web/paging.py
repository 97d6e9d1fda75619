"""Long lists in pages, the newest first: each page costs the same few queries, and the oldest can be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

SIZE = 25
DEEPEST = 10_000  # an address somebody typed must not make the database count for ever


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `number` begins at 1."""

    rows: Sequence[Any]
    number: int
    has_more: bool

    @property
    def newer(self) -> int:
        """The page before, or 0 on the first."""
        return self.number - 1

    @property
    def older(self) -> int:
        """The page after, or 0 on the last."""
        return self.number + 1 if self.has_more else 0


def page_of(rows: QuerySet[Any], asked: str | None, size: int = SIZE) -> Page:
    """The page somebody asked for; anything that is no page number is the first."""
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = min(max(number, 1), DEEPEST)
    first = (number - 1) * size
    found = list(rows[first : first + size + 1])
    return Page(found[:size], number, len(found) > size)
