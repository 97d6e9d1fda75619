"""Puts what a service or the rules refuse at the field it is about."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recovery.rules.plan import InvalidPlan
from recovery.services.refusals import Refused

from .names import PHASE_PARTS
from .paths import Path, get, place_of
from .slots import SlotForm
from .threshold_names import THRESHOLD_NAMES

PHASE_PLACE = re.compile(r"^(?:phases|prescriptions)\.(?P<phase>\w+)(?:\.(?P<part>\w+))?")
THRESHOLD = re.compile(r"thresholds\.(\w+)")


FIELD_OF_CODE = {"unknown_exercise": "new_exercise"}


def add_refusal(form: SlotForm, document: Mapping, refused: Refused | ValidationError) -> None:
    """Adds a refusal to the form: each fault of a plan at its own field, or above the form."""
    if isinstance(refused, ValidationError):
        form.add_error(None, refused)
        return
    cause = refused.__cause__
    if not isinstance(cause, InvalidPlan):
        field = FIELD_OF_CODE.get(refused.code)
        form.add_error(field if field in form.fields else None, refused.sentence)
        return
    for fault in cause.faults:
        place, _colon, sentence = fault.partition(": ")
        name = _field_at(form, document, place)
        said = THRESHOLD.sub(lambda found: _quoted(found[1]), sentence)
        said = said[:1].upper() + said[1:].rstrip(".") + "."
        form.add_error(name, said if name else f"{_place_in_words(document, place)}: {said}")


def in_words(document: Mapping, place: str, sentence: str) -> tuple[str, str]:
    """What a remark is about, and the remark, with the names of the plan's parts in them."""
    return _place_in_words(document, place), THRESHOLD.sub(lambda found: _quoted(found[1]), sentence)


def _quoted(key: str) -> str:
    return f"“{THRESHOLD_NAMES.get(key, key)}”"


def _field_at(form: SlotForm, document: Mapping, place: str) -> str | None:
    """The field of a fault's place, given by position or by the name of its condition."""
    for name, slot in form.slots.items():
        exact = place_of(slot.path)
        if place in (exact, exact.removesuffix(".value"), _by_condition(document, slot.path)):
            return name
    return None


def _by_condition(document: Mapping, path: Path) -> str:
    """The place of a number as checks across a phase name it: phases.rest.time_box.days"""
    if path[0] != "phases" or path[-1] != "value" or len(path) < 6:
        return ""
    condition = get(document, path[:-2])["condition"]
    return f"phases.{path[1]}.{condition}.{path[-2]}"


def _place_in_words(document: Mapping, place: str) -> str:
    found = PHASE_PLACE.match(place)
    if found is None:
        threshold = THRESHOLD.match(place)
        return _quoted(threshold[1]) if threshold else _("The plan")
    titles = {phase["key"]: phase["title"] for phase in document["phases"]}
    words = [titles.get(found["phase"], found["phase"])]
    if found["part"] in PHASE_PARTS:
        words.append(str(PHASE_PARTS[found["part"]]))
    return ", ".join(words)
