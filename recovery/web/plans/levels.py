"""The walk-run ladder of a draft: what a session of each level consists of, and where people begin."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.forms import BoundField
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from recovery.rules.facts import RUN_LEVELS

from .doors import draft_page, form_page
from .editing import Editing
from .fields import number_field
from .paths import Path, name_of
from .quantities import Number, Words, number_at, quantity_slot, sources_in_full, was
from .slots import Slot, SlotForm

LONGEST, MOST = 60, 20
ADD, DROP = "add", "drop"
PARTS = ("run_minutes", "walk_minutes", "repeats")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a session: run, walk, times; inputs when the page can be edited."""

    run: BoundField | float
    walk: BoundField | float
    times: BoundField | int
    pickups: int


@dataclass(frozen=True, slots=True)
class Level:
    """One run level with its shape and what changed in it."""

    key: str
    blocks: list[Block]
    sets: list[dict]
    minutes: float
    run_minutes: float
    sources: list[Words]
    before: list[dict] | None


@dataclass(frozen=True, slots=True)
class Start:
    """Where somebody begins whose last run was at most so many days ago; no limit for the last line."""

    level: str
    within: Number | None


def slots_of(document: Mapping, live: Mapping) -> list[Slot]:
    """The slots of all sessions and of the starting table."""
    return [*_set_slots(document, live), *_start_slots(document, live)]


def _set_slots(document: Mapping, live: Mapping) -> Iterator[Slot]:
    for level in document["run_levels"]:
        for position in range(len(level["sets"])):
            path = ("run_levels", level["key"], "sets", position)
            for part, label in zip(PARTS, (_("run minutes"), _("walk minutes"), _("times")), strict=True):
                yield _slot(document, live, (*path, part), f"{level['key']}, {label}")


def _slot(document: Mapping, live: Mapping, path: Path, label: str) -> Slot:
    lowest, highest = (1, MOST) if path[-1] == "repeats" else (0 if path[-1] == "walk_minutes" else 1, LONGEST)
    field = number_field(lowest, highest, "", label)
    if was(document, live, path) is not None:
        field.widget.attrs["class"] += " is-changed"
    return Slot(path, field)


def _start_slots(document: Mapping, live: Mapping) -> Iterator[Slot]:
    for row in document.get("start_levels", []):
        if row.get("within_days"):
            label = _("%(level)s, days since the last run") % row
            yield from quantity_slot(document, live, ("start_levels", row["level"], "within_days"), label)


def levels_of(document: Mapping, live: Mapping, form: SlotForm | None = None) -> list[Level]:
    """The ladder from the first level to the last."""
    return [_level(document, level, live, form) for level in document["run_levels"]]


def _level(document: Mapping, level: Mapping, live: Mapping, form: SlotForm | None) -> Level:
    before = next((item["sets"] for item in live["run_levels"] if item["key"] == level["key"]), level["sets"])
    return Level(
        key=level["key"],
        blocks=[_block(level["key"], index, part, form) for index, part in enumerate(level["sets"])],
        sets=level["sets"],
        minutes=sum((part["run_minutes"] + part["walk_minutes"]) * part["repeats"] for part in level["sets"]),
        run_minutes=level["run_minutes"],
        sources=sources_in_full(document, level["source"]),
        before=before if before != level["sets"] else None,
    )


def _block(level: str, index: int, part: Mapping, form: SlotForm | None) -> Block:
    path = ("run_levels", level, "sets", index)
    shown = [form[name_of((*path, name))] if form else part[name] for name in PARTS]
    return Block(*shown, part.get("pickups", 0))


def starts_of(document: Mapping, live: Mapping, form: SlotForm | None = None) -> list[Start]:
    """The table that picks the first level."""
    label = _("Days since the last run")
    return [
        Start(row["level"], row.get("within_days") and number_at(document, live, _within(row), label, form))
        for row in document.get("start_levels", [])
    ]


def _within(row: Mapping) -> Path:
    return ("start_levels", row["level"], "within_days")


def sum_minutes(document: dict, form: SlotForm) -> None:
    """The running minutes of a level are the sum of its sets."""
    for level in document["run_levels"]:
        level["run_minutes"] = sum(part["run_minutes"] * part["repeats"] for part in level["sets"])


def act_on(document: dict, form: SlotForm, act: str) -> None:
    """Adds a level like the last one, or takes the last one away, when such a button was pressed."""
    levels = document["run_levels"]
    if act == ADD and len(levels) < len(RUN_LEVELS):
        levels.append(copy.deepcopy(levels[-1]) | {"key": RUN_LEVELS[len(levels)]})
    elif act == DROP and len(levels) > 1:
        levels.pop()
    sum_minutes(document, form)


@draft_page
@form_page
def edit(request, draft):
    """Edits the run levels."""
    editing = Editing(request, draft, slots_of, change=partial(act_on, act=request.POST.get("act", "")))
    if editing.saved():
        messages.success(request, _("Saved in the draft."))
        return redirect("plans:levels", draft.plan.key)
    document, live, form = editing.document, editing.live, editing.form
    return editing.page(
        "levels",
        here="run_levels",
        levels=levels_of(document, live, form),
        most=len(RUN_LEVELS),
        starts=starts_of(document, live, form),
    )
