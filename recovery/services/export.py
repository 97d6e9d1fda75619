"""A patient's data for themselves: everything as JSON, the diary as a table."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder

from recovery.models import CheckIn

from .personal import everything_about

FORMAT = 1
DIARY = (
    "day",
    "average",
    "worst",
    "morning",
    "function",
    "session_status",
    "session_pain",
    "session_stopped",
    "brisk_walk",
    "medicine",
    "woken",
    "yesterday_morning",
    "confidence",
    "mood",
    "stiffness",
    "sleep",
    "activity",
    "sides",
    "run_minutes",
    "run_metres",
    "run_surface",
    "run_hills",
    "run_shoes",
    "red_flags",
    "made_at",
    "time_zone",
)


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_json(patient, now: datetime) -> Iterator[str]:
    """Every row about this patient, kind by kind, as one JSON document in pieces."""
    write = json.JSONEncoder(ensure_ascii=False).encode
    encode: Callable[[object], str] = DjangoJSONEncoder(ensure_ascii=False).encode
    yield f'{{"format": {FORMAT}, "exported_at": {write(now.isoformat())}, "rows": {{'
    for position, (label, rows) in enumerate(everything_about(patient)):
        yield f"{',' if position else ''}\n{write(label)}: ["
        for number, row in enumerate(rows):
            yield f"{',' if number else ''}\n  {encode(row)}"
        yield "]"
    yield "}}\n"


def as_csv(patient) -> Iterator[str]:
    """The days as they stand now, the oldest first; a correction has taken the place of what it corrects."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(DIARY)
    for row in CheckIn.objects.of(patient).standing().order_by("day").values_list(*DIARY).iterator(chunk_size=500):
        yield writer.writerow(" ".join(cell) if isinstance(cell, list) else cell for cell in row)
