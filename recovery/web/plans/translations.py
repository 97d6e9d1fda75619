"""The words of an exercise in other languages, kept with the plan: what is left empty stands in English."""

from collections.abc import Iterator, Mapping
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .fields import LinesField, text_field
from .names import EXERCISE_PARTS
from .paths import Path
from .slots import Slot

LANGUAGES = {"es": gettext_lazy("Spanish")}
PARTS = ("name", "how", "cues", "progress", "regress")
LISTS = ("cues",)
LONGEST_NAME = 80


def translation_slots(code: str) -> Iterator[Slot]:
    """A slot for each part of an exercise in each language."""
    for language, name in LANGUAGES.items():
        for part in PARTS:
            label = _("%(part)s in %(language)s") % {"part": capfirst(str(EXERCISE_PARTS[part])), "language": name}
            yield Slot(("translations", language, code, part), _field(part, label), partial(read, part=part), write)


def is_complete(document: Mapping, exercise: Mapping, language: str) -> bool:
    """Whether every part the exercise has is there in the language."""
    known = document.get("translations", {}).get(language, {}).get(exercise["code"], {})
    return all(known.get(part) for part in PARTS if exercise.get(part))


def read(document: Mapping, path: Path, part: str):
    """What stands there, or nothing."""
    _translations, language, code, _part = path
    known = document.get("translations", {}).get(language, {}).get(code, {})
    return known.get(part) or ([] if part in LISTS else "")


def write(document: dict, path: Path, value) -> None:
    """Keeps a part, and no empty place around it."""
    _translations, language, code, part = path
    everything = document.setdefault("translations", {})
    exercises = everything.setdefault(language, {})
    texts = exercises.setdefault(code, {})
    if value:
        texts[part] = value
    else:
        texts.pop(part, None)
    for holder, name in ((exercises, code), (everything, language), (document, "translations")):
        if not holder[name]:
            del holder[name]


def _field(part: str, label: str):
    if part in LISTS:
        return LinesField(label=label)
    return text_field(label, max_length=LONGEST_NAME) if part == "name" else text_field(label, rows=3)
