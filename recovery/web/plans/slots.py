"""Form fields that each stand for one place of a plan document."""

import copy
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from .paths import Path, get, name_of, put


@dataclass(frozen=True)
class Slot:
    """A field, the place it reads from and writes to, and how."""

    path: Path
    field: forms.Field
    read: Callable[[Mapping, Path], Any] = field(default=get)
    write: Callable[[dict, Path, Any], None] = field(default=put)

    @property
    def name(self) -> str:
        return name_of(self.path)


class SlotForm(forms.Form):
    """The places of a document on one page; `seen` remembers what the page showed when it was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data, document: Mapping, slots: Iterable[Slot], revision: int, extras: Mapping[str, forms.Field]
    ):
        self.slots = {slot.name: slot for slot in slots}
        initial = {name: slot.read(document, slot.path) for name, slot in self.slots.items()}
        super().__init__(data, initial=initial | {"revision": revision})
        self.fields.update({name: slot.field for name, slot in self.slots.items()})
        self.fields.update(extras)
        self.initial["seen"] = json.dumps(self.shown(), ensure_ascii=False, separators=(",", ":"))

    def shown(self) -> dict[str, list[str]]:
        """Each place as a browser would send it back untouched."""
        return {name: as_sent(self.fields[name].prepare_value(self.initial[name])) for name in self.slots}

    def applied(self, document: Mapping) -> dict:
        """A new document with the answers in it."""
        new = copy.deepcopy(dict(document))
        for name, slot in self.slots.items():
            slot.write(new, slot.path, self.cleaned_data[name])
        return new


def as_sent(value: Any) -> list[str]:
    """A value the way a form sends it: nothing for no, one text for most, several for boxes."""
    if value in (None, False, ""):
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return [unified(str(value))]


def unified(text: str) -> str:
    """A text without the differences browsers make to line ends and outer blanks."""
    return text.replace("\r\n", "\n").strip()


def typed(data, name: str) -> list[str]:
    """What was sent for a field, in the same shape as `as_sent`."""
    return [unified(value) for value in data.getlist(name) if unified(value)]
