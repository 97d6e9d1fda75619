"""The fields of one exercise of the library."""

import re
from collections.abc import Mapping

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .fields import LinesField, text_field
from .names import DESIGN, EXERCISE_PARTS, SIDES
from .paths import Path, get, put
from .slots import Slot
from .translations import translation_slots

LONGEST_NAME, LONGEST_SOURCE = 80, 120
OWN_FIELDS = 11  # before those of the translations
CODE = re.compile(r"^EX(\d+)$")
KINDS = {
    "position": gettext_lazy("Resting position"),
    "relaxation": gettext_lazy("Relaxation"),
    "habit": gettext_lazy("Habit"),
    "heat": gettext_lazy("Heat"),
    "heat_motion": gettext_lazy("Heat and movement"),
    "cold": gettext_lazy("Cold"),
    "mobility": gettext_lazy("Mobility"),
    "stretch": gettext_lazy("Stretching"),
    "control": gettext_lazy("Control"),
    "core": gettext_lazy("Core"),
    "strength": gettext_lazy("Strength"),
    "mind_body": gettext_lazy("Mind and body"),
    "walking": gettext_lazy("Walking"),
    "aerobic": gettext_lazy("Endurance without impact"),
    "impact_prep": gettext_lazy("Getting used to impact"),
    "warm_up": gettext_lazy("Warm-up"),
    "running": gettext_lazy("Running"),
    "skill": gettext_lazy("Running skill"),
}


class SourcesField(forms.MultipleChoiceField):
    """Which sources an exercise rests on; kept as keys parted by commas."""

    def prepare_value(self, value):
        return [key.strip() for key in value.split(",") if key.strip()] if isinstance(value, str) else value

    def clean(self, value):
        text = ", ".join(super().clean(value))
        if len(text) > LONGEST_SOURCE:
            raise forms.ValidationError(_("Choose fewer sources: the most important ones."))
        return text


def exercise_slots(document: Mapping, live: Mapping, code: str) -> list[Slot]:
    """The slots of one exercise."""
    fields = {
        "name": text_field(label("name"), _("Give the exercise a name."), max_length=LONGEST_NAME),
        "kind": _choice("kind", KINDS, _("Choose what kind of exercise it is.")),
        "sides": _choice("sides", SIDES, _("Choose how the sides are trained.")),
        "how": text_field(label("how"), _("Say how it is done."), rows=4),
        "cues": LinesField(label=label("cues")),
        "progress": text_field(label("progress"), rows=2),
        "regress": text_field(label("regress"), rows=2),
        "equipment": LinesField(label=label("equipment")),
        "cautions": _boxes("cautions", document.get("caution_codes", {})),
        "stops": _boxes("stops", _own_stops(document)),
        "source": _sources(document),
    }
    writes = dict.fromkeys(("cautions", "stops", "source"), write_ticked)
    own = [Slot(("exercises", code, name), field, write=writes.get(name, put)) for name, field in fields.items()]
    return [*own, *translation_slots(code)]


def write_ticked(document: dict, path: Path, value) -> None:
    """Writes what was ticked; the same ticks in another order leave the document as it is."""
    before = get(document, path)
    if sorted(_ticks(before)) != sorted(_ticks(value)):
        put(document, path, value)


def _ticks(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [key.strip() for key in value.split(",")]


def _own_stops(document: Mapping) -> dict[str, str]:
    """The reasons to stop that only some exercises have; the first four belong to every exercise."""
    return {code: text for code, text in document.get("stop_codes", {}).items() if code not in ("S1", "S2", "S3", "S4")}


def label(part: str) -> str:
    """The label of a part of an exercise."""
    return capfirst(str(EXERCISE_PARTS[part]))


def _choice(name: str, options: Mapping, sentence: str) -> forms.ChoiceField:
    messages = {"required": sentence, "invalid_choice": sentence}
    return forms.ChoiceField(label=label(name), choices=[("", "…"), *options.items()], error_messages=messages)


def _boxes(name: str, options: Mapping) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label(name), choices=list(options.items()), required=False, widget=forms.CheckboxSelectMultiple
    )


def _sources(document: Mapping) -> SourcesField:
    return SourcesField(
        label=label("source"),
        choices=[*document["sources"].items(), ("design", DESIGN)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one source, or say that it is our own default.")},
    )


def next_code(document: Mapping) -> str:
    """The first code above all codes of the library."""
    numbers = [int(found[1]) for exercise in document["exercises"] if (found := CODE.match(exercise["code"]))]
    return f"EX{max(numbers, default=0) + 1:02d}"


def new_exercise(document: dict, code: str) -> None:
    """An empty exercise at the end of the library, ready to be filled in."""
    texts = dict.fromkeys(("name", "kind", "how", "progress", "regress", "sides", "source"), "")
    lists = {name: [] for name in ("cues", "stops", "cautions", "equipment")}
    document["exercises"].append({"code": code, **texts, **lists})
