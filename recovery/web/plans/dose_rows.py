"""The exercises of a phase as rows of inputs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms import BoundField

from .change_values import value_in_words
from .doses import MAIN, parts_in
from .names import DOSE_PARTS
from .paths import name_of
from .quantities import Words
from .slots import SlotForm


@dataclass(frozen=True, slots=True)
class Dose:
    """One prescribed exercise with its inputs; `more` are the parts that few exercises need, each with its label."""

    code: str
    name: str
    main: list[BoundField]
    more: list[tuple[BoundField, Words]]
    weekdays: Words
    days: BoundField
    focus: BoundField
    optional: BoundField
    note: BoundField
    is_first: bool
    is_last: bool

    @property
    def has_mistake(self) -> bool:
        """Whether something in the folded part needs a look."""
        return any(field.errors for field in (self.days, self.note, *(field for field, _label in self.more)))


def doses_of(document: Mapping, phase: str, form: SlotForm) -> list[Dose]:
    """The exercises of a phase with their inputs, in order."""
    names = {item["code"]: item["name"] for item in document["exercises"]}
    items = document["prescriptions"][phase]
    return [_dose(form, phase, item, names, index, len(items) - 1) for index, item in enumerate(items)]


def _dose(form: SlotForm, phase: str, item: Mapping, names: Mapping, index: int, last: int) -> Dose:
    def bound(*rest: str) -> BoundField:
        return form[name_of(("prescriptions", phase, item["exercise"], *rest))]

    parts = parts_in(item["dose"])
    return Dose(
        code=item["exercise"],
        name=names[item["exercise"]],
        main=[bound("dose", part) for part in MAIN],
        more=[(bound("dose", part), DOSE_PARTS[part]) for part in parts if part not in MAIN],
        weekdays=value_in_words(item["days"], ("days",)),
        days=bound("days"),
        focus=bound("focus"),
        optional=bound("dose", "optional"),
        note=bound("dose", "note"),
        is_first=index == 0,
        is_last=index == last,
    )
