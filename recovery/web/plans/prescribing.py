"""Moving, removing and adding an exercise of a phase, in a document that is about to be saved."""

from collections.abc import Mapping

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from recovery.services.dose_parts import write_range

from .doses import MAIN, range_field
from .fields import EVERY_DAY, WeekdaysField
from .names import DOSE_PARTS
from .slots import SlotForm

UP, DOWN, REMOVE, ADD = "up", "down", "remove", "add"
NEW, ORDER = "new_exercise", "order"


def adding_fields(document: Mapping, phase: str) -> dict[str, forms.Field]:
    """The fields of the line that adds an exercise: which, how much, on which days."""
    taken = {item["exercise"] for item in document["prescriptions"][phase]}
    free = [(item["code"], item["name"]) for item in document["exercises"] if item["code"] not in taken]
    choose = forms.Select({"class": "input"}, choices=[("", _("Choose an exercise")), *free])
    days = WeekdaysField(label=_("Weekdays"), initial=EVERY_DAY)
    days.required = False
    doses = {f"new_{part}": range_field(part, capfirst(str(DOSE_PARTS[part]))) for part in MAIN}
    order = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-order": ""}))
    which = forms.CharField(label=_("Exercise"), required=False, widget=choose)
    return {NEW: which, **doses, "new_days": days, ORDER: order}


def act_on(document: dict, form: SlotForm, phase: str, act: str) -> None:
    """Does what the pressed button says; a plain save does nothing more."""
    verb, _colon, code = act.partition(":")
    items = document["prescriptions"][phase]
    put_in_order(items, form.cleaned_data[ORDER].split())
    if verb == ADD:
        items.append(_new_item(items, form))
        return
    position = next((index for index, item in enumerate(items) if item["exercise"] == code), None)
    if position is None:
        return
    if verb == REMOVE:
        del items[position]
    elif verb == UP and position > 0:
        items[position - 1], items[position] = items[position], items[position - 1]
    elif verb == DOWN and position < len(items) - 1:
        items[position + 1], items[position] = items[position], items[position + 1]


def put_in_order(items: list, codes: list[str]) -> None:
    """The order somebody dragged them into; anything but all of them, once each, leaves them as they are."""
    if sorted(codes) == sorted(item["exercise"] for item in items):
        items.sort(key=lambda item: codes.index(item["exercise"]))


def _new_item(items: list, form: SlotForm) -> dict:
    told = form.cleaned_data
    if not told[NEW]:
        raise forms.ValidationError({NEW: _("Choose an exercise.")})
    if any(item["exercise"] == told[NEW] for item in items):
        raise forms.ValidationError({NEW: _("This exercise is already in the phase.")})
    dose: dict = {}
    for part in MAIN:
        write_range(dose, part, told[f"new_{part}"])
    if not dose:
        raise forms.ValidationError({f"new_{MAIN[0]}": _("Say how much: sets, repeats, a hold or minutes.")})
    return {"exercise": told[NEW], "focus": False, "days": told["new_days"] or EVERY_DAY, "dose": dose}
