"""Numbers of a plan with what stands beside them: unit, allowed range, source in full, and what it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise

from .fields import number_field
from .names import DESIGN
from .paths import Path, get, name_of
from .slots import Slot, SlotForm

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Number:
    """One number; `field` is its input, or nothing when it cannot be moved or the page only shows it."""

    label: Words
    value: Any
    unit: str
    lowest: Any
    highest: Any
    source: Words
    was: Any = None
    field: BoundField | None = None

    @property
    def note_id(self) -> str:
        return f"{self.field.auto_id}_note" if self.field else ""

    @property
    def is_fixed(self) -> bool:
        return self.lowest == self.highest

    def __str__(self) -> str:
        return str(self.field) if self.field else str(self.value)


def quantity_slot(document: Mapping, live: Mapping, path: Path, label: Words) -> Iterator[Slot]:
    """The slot of a number that may be moved; none for one whose range is a single value."""
    quantity = get(document, path)
    lowest, highest = quantity["allowed"]
    if lowest == highest:
        return
    where = (*path, "value")
    changed = " is-changed" if was(document, live, where) is not None else ""
    described = f"id_{name_of(where)}_note"
    field = number_field(lowest, highest, quantity["unit"], label, **{"aria-describedby": described})
    field.widget.attrs["class"] += changed
    yield Slot(where, field)


def number_at(document: Mapping, live: Mapping, path: Path, label: Words, form: SlotForm | None = None) -> Number:
    """The number at a path as a page shows it."""
    quantity = get(document, path)
    name = name_of((*path, "value"))
    return Number(
        label=label,
        value=quantity["value"],
        unit=quantity["unit"],
        lowest=quantity["allowed"][0],
        highest=quantity["allowed"][1],
        source=source_in_full(document, quantity["source"]),
        was=was(document, live, (*path, "value")),
        field=form[name] if form and name in form.fields else None,
    )


def was(document: Mapping, live: Mapping, path: Path) -> Any:
    """What the live version says at a path, when that is something else."""
    try:
        before = get(live, path)
    except KeyError:
        return None
    return None if before == get(document, path) else before


def source_in_full(document: Mapping, key: str) -> Words:
    """A source by author and year; values without one say so."""
    return document["sources"].get(key, DESIGN)


def sources_in_full(document: Mapping, keys: str) -> list[Words]:
    """Several sources, given as keys parted by commas."""
    return [source_in_full(document, key.strip()) for key in keys.split(",") if key.strip()]
