"""Two people changed one draft: what is stored now, what was typed, and a form that loses neither."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from .names import DOSE_PARTS, ITEM_PARTS
from .slots import SlotForm, as_sent, typed


@dataclass(frozen=True, slots=True)
class Both:
    """One place that both changed, or that is no longer there (`theirs` is None)."""

    label: str
    theirs: str | None
    mine: str
    field_id: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Who saved meanwhile and when, and where the two disagree."""

    by: Any
    at: datetime
    rows: list[Both]


def merged(form: SlotForm, document: Mapping, sent: QueryDict) -> tuple[QueryDict, list[Both]]:
    """What the form should now hold, and where it differs from what is stored.

    A place I changed keeps my value; a place I left alone shows theirs, so that saving again undoes nothing of theirs.
    """
    seen, stored = _seen(sent), form.shown()
    data = sent.copy()
    rows = []
    for name, theirs in stored.items():
        mine = typed(sent, name)
        if mine == seen.get(name, theirs):
            data.setlist(name, theirs)
        elif mine != theirs:
            field = form[name]
            rows.append(Both(str(field.label), _text(theirs), _text(mine), field.auto_id))
    rows += [Both(_label_of(name, document), None, _text(typed(sent, name))) for name in _homeless(seen, stored, sent)]
    data["revision"], data["seen"] = str(form.initial["revision"]), form.initial["seen"]
    data.pop("act", None)
    return data, rows


def _seen(sent: QueryDict) -> Mapping[str, list[str]]:
    try:
        seen = json.loads(sent.get("seen", ""))
    except ValueError:
        return {}
    return {name: as_sent(value) for name, value in seen.items()} if isinstance(seen, dict) else {}


def _homeless(seen: Mapping, stored: Mapping, sent: QueryDict) -> list[str]:
    """Places I changed that are gone from the draft."""
    return [name for name, value in seen.items() if name not in stored and typed(sent, name) not in (value, [])]


def _label_of(name: str, document: Mapping) -> str:
    """Words for a place that has no field any more; only exercises leave a draft."""
    path = name.split("-")
    names = {item["code"]: item["name"] for item in document["exercises"]}
    what = DOSE_PARTS.get(path[-1], ITEM_PARTS.get(path[-1], path[-1]))
    return ", ".join([*(names[step] for step in path if step in names), str(what)])


def _text(values: list[str]) -> str:
    return ", ".join(values)
