"""The week of a phase: which exercise on which day, all of them at a glance."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from recovery.rules.facts import PHASES

from .doors import draft_page, form_page
from .editing import Editing
from .fields import WEEKDAYS, WeekdaysField
from .paths import get, name_of
from .slots import Slot


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise with a box for each day."""

    code: str
    name: str
    field: BoundField
    is_focus: bool
    is_optional: bool


def slots_of(document, live, phase: str) -> list[Slot]:
    """The weekdays of every exercise of a phase."""
    items = document["prescriptions"][phase]
    return [
        Slot(("prescriptions", phase, item["exercise"], "days"), WeekdaysField(label=_("Weekdays"))) for item in items
    ]


@draft_page
@form_page
def edit(request, draft, phase):
    """Edits the week of a phase."""
    if phase not in PHASES:
        raise Http404
    editing = Editing(request, draft, partial(slots_of, phase=phase))
    if editing.saved():
        messages.success(request, _("Saved in the draft."))
        return redirect("plans:week", draft.plan.key, phase)
    document = editing.document
    rows = _rows(document, phase, editing.form)
    counts = [sum(day in _days(item) for item in document["prescriptions"][phase]) for day in WEEKDAYS]
    week = list(zip(WEEKDAYS.values(), counts, strict=True))
    return editing.page("week", phase=get(document, ("phases", phase)), rows=rows, week=week)


def _rows(document, phase: str, form) -> list[Row]:
    names = {item["code"]: item["name"] for item in document["exercises"]}
    return [
        Row(
            item["exercise"],
            names[item["exercise"]],
            form[name_of(("prescriptions", phase, item["exercise"], "days"))],
            bool(item.get("focus")),
            bool(item["dose"].get("optional")),
        )
        for item in document["prescriptions"][phase]
    ]


def _days(item) -> list[str]:
    days = item.get("days", "daily")
    return list(WEEKDAYS) if days == "daily" else days
