"""The exercises of a phase: doses, weekdays and order, as fields and as changes to the document."""

from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recovery.services.dose_parts import RANGES, SINGLES, read_range, write_range

from .fields import RangeField, WeekdaysField, number_field, text_field
from .names import DOSE_PARTS
from .paths import Path, get
from .slots import Slot

MAIN = ("sets", "repeats", "hold_seconds", "minutes")
OFTEN = ("times_per_day", "days_per_week")
HIGHEST = {
    "sets": 20,
    "repeats": 100,
    "hold_seconds": 600,
    "minutes": 240,
    "times_per_day": 24,
    "days_per_week": 7,
    "effort": 10,
    "metres": 1000,
}
HIGHEST_OTHER = 240


def dose_slots(document: Mapping, live: Mapping, phase: str) -> Iterator[Slot]:
    """The slots of every exercise of a phase."""
    names = {item["code"]: item["name"] for item in document["exercises"]}
    for item in document["prescriptions"][phase]:
        path = ("prescriptions", phase, item["exercise"])
        before = _before(live, path)
        for part in parts_in(item["dose"]):
            yield _part_slot(path, part, names[item["exercise"]], before, item["dose"])
        yield Slot((*path, "days"), WeekdaysField(label=gettext_lazy("Weekdays")))
        focus = forms.BooleanField(label=gettext_lazy("Main exercise"), required=False)
        yield Slot((*path, "focus"), focus)
        optional = forms.BooleanField(label=DOSE_PARTS["optional"], required=False)
        yield Slot((*path, "dose", "optional"), optional, read_or_nothing, write_or_drop)
        yield Slot((*path, "dose", "note"), text_field(DOSE_PARTS["note"]), read_or_nothing, write_or_drop)


def parts_in(dose: Mapping) -> list[str]:
    """The parts of a dose that get an input: the usual ones always, the others where they are used."""
    used = [part for part in RANGES if part not in (*MAIN, *OFTEN) and read_range(dose, part)]
    return [*MAIN, *OFTEN, *used, *(part for part in SINGLES if part in dose)]


def _before(live: Mapping, path: Path) -> Mapping | None:
    try:
        return get(live, (*path, "dose"))
    except KeyError:
        return None


def _part_slot(path: Path, part: str, exercise: str, before: Mapping | None, dose: Mapping) -> Slot:
    label = _("%(exercise)s, %(part)s") % {"exercise": exercise, "part": DOSE_PARTS[part]}
    where = (*path, "dose", part)
    if part in RANGES:
        field = range_field(part, label, before is not None and read_range(before, part) != read_range(dose, part))
        return Slot(where, field, read_part, write_part)
    field = number_field(0, HIGHEST_OTHER, "", label)
    field.required = False
    return Slot(where, field, read_or_nothing, write_or_drop)


def range_field(part: str, label: str, is_changed: bool = False) -> RangeField:
    """The input of one part of a dose."""
    attrs = {
        "class": "input input--s" + " is-changed" * is_changed,
        "aria-label": label,
        "size": 5,
        "autocomplete": "off",
    }
    return RangeField(HIGHEST.get(part, HIGHEST_OTHER), label=label, widget=forms.TextInput(attrs))


def read_part(document: Mapping, path: Path):
    """Both ends of a part of a dose."""
    return read_range(get(document, path[:-1]), path[-1])


def write_part(document: dict, path: Path, value) -> None:
    """Puts both ends of a part into a dose."""
    write_range(get(document, path[:-1]), path[-1], value)


def read_or_nothing(document: Mapping, path: Path):
    """What stands at a path, or nothing."""
    return get(document, path[:-1]).get(path[-1])


def write_or_drop(document: dict, path: Path, value) -> None:
    """Writes a value, or takes the key away when there is none."""
    node = get(document, path[:-1])
    if value is None or value is False or value == "":
        node.pop(path[-1], None)
    else:
        node[path[-1]] = value
