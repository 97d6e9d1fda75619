"""Everything that happened to one patient, the newest first, by kind and day, in portions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, LPad
from django.utils.dateparse import parse_datetime

from .timeline_sources import KINDS, SOURCES, Source

PORTION = 30
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
WIDEST_KEY = 36  # characters of a UUID


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the timeline: an instant, the rank of a source, and a key in it."""

    at: datetime
    rank: int
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.rank}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """A mark as an address carries it; None for anything else."""
        at, _tilde, rest = text.replace("\x00", "").partition("~")
        rank, _tilde, key = rest.partition("~")
        try:
            instant = parse_datetime(at)
        except ValueError:
            return None
        if instant is None or instant.tzinfo is None or not EARLIEST <= instant.date() <= LATEST:
            return None
        if not (rank.isascii() and rank.isdigit() and len(rank) < 3):
            return None
        return cls(instant, int(rank), key[:WIDEST_KEY])


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    kind: str
    at: datetime
    row: Any


def portion(episode, reader, asked: dict, before: Mark | None, zone: tzinfo) -> tuple[list[Entry], Mark | None]:
    """The newest entries before a mark, and the mark behind which more lie; a constant number of queries.

    asked: `kind`, a list of kinds, and `first` and `last`, days in the zone; whatever is missing is not asked.
    """
    wanted = asked.get("kind") or KINDS
    queries = [
        _marks(source, rank, episode, reader, asked, before, zone)
        for rank, source in enumerate(SOURCES)
        if source.kind in wanted
    ]
    found = queries[0].union(*queries[1:], all=True).order_by("-happened_at", "rank", "-sort_key")
    marks = [Mark(*each) for each in found[: PORTION + 1]]
    shown = marks[:PORTION]
    rows = _rows(shown, episode, reader)
    entries = [Entry(SOURCES[mark.rank].kind, mark.at, rows[mark.rank, mark.key]) for mark in shown]
    return entries, shown[-1] if len(marks) > PORTION else None


def _marks(source: Source, rank: int, episode, reader, asked: dict, before: Mark | None, zone: tzinfo) -> QuerySet:
    key = LPad(Cast("pk", CharField()), WIDEST_KEY, Value(" "))
    rows = source.rows(episode, reader).order_by()
    rows = rows.annotate(happened_at=F(source.at), rank=Value(rank), sort_key=key)
    if asked.get("first"):
        rows = rows.filter(happened_at__gte=_midnight(asked["first"], zone))
    if asked.get("last"):
        rows = rows.filter(happened_at__lt=_midnight(asked["last"] + timedelta(days=1), zone))
    if before is not None:
        at_once = _at_once(rank, before)
        rows = rows.filter(Q(happened_at__lt=before.at) | (Q(happened_at=before.at) & at_once))
    return rows.values_list("happened_at", "rank", "sort_key")


def _at_once(rank: int, before: Mark) -> Q:
    """Of what happened in the mark's own instant: what stands behind it."""
    if rank == before.rank:
        return Q(sort_key__lt=before.key)
    return Q() if rank > before.rank else Q(pk__in=[])


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _rows(marks: list[Mark], episode, reader) -> dict[tuple[int, str], Any]:
    """The rows behind the marks, one kind after the other."""
    found: dict[tuple[int, str], Any] = {}
    for rank in {mark.rank for mark in marks}:
        keys = [mark.key.strip() for mark in marks if mark.rank == rank]
        rows = SOURCES[rank].load(episode, reader, keys).values()
        found |= {(rank, _bare(row.pk)): row for row in rows}
    return {(mark.rank, mark.key): found[mark.rank, _bare(mark.key)] for mark in marks}


def _bare(key) -> str:
    """A key as every database spells it."""
    return str(key).strip().replace("-", "")
