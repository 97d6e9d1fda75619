"""The two sides of a change the way a person writes them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .fields import EVERY_DAY, WEEKDAYS
from .names import SIDES


def value_in_words(value: Any, path: tuple[str, ...]) -> str | Promise:
    """A value of a plan document as text; nothing for whole things that came or went."""
    if isinstance(value, Mapping):
        return str(value.get("value", ""))
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return str(value[0]) if value[0] == value[1] else f"{value[0]}–{value[1]}"
    if path[-1] == "allowed" and len(path) > 3:
        return f"{value[0]}–{value[1]}"
    if path[-1] == "days":
        return _("every day") if value == EVERY_DAY else ", ".join(str(WEEKDAYS.get(day, day)) for day in value)
    if path[-1] == "sides":
        return SIDES.get(value, value)
    if isinstance(value, list):
        return ", ".join(_set(item) if isinstance(item, Mapping) else str(item) for item in value)
    return str(value)


def _set(part: Mapping) -> str:
    """One block of a run session."""
    figures = {"times": part.get("repeats", 1), "run": part.get("run_minutes"), "walk": part.get("walk_minutes")}
    words = _("%(times)s × run %(run)s min, walk %(walk)s min") % figures
    return words + _(", %(count)s pick-ups") % {"count": part["pickups"]} if part.get("pickups") else words
