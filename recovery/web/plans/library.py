"""The exercise library of a draft as a page shows it: with drawing, cautions, where it is used, and translations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from .exercise_slots import KINDS
from .names import SIDES
from .quantities import Words
from .translations import LANGUAGES, is_complete


@dataclass(frozen=True, slots=True)
class Used:
    """A phase that prescribes it."""

    key: str
    title: str
    dose: Mapping
    is_focus: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise; `missing` are the languages it is not fully translated into."""

    exercise: Mapping
    kind: Words
    sides: Words
    cautions: Sequence[str]
    used: Sequence[Used]
    missing: Sequence[Words]

    def fits(self, words: str, kind: str) -> bool:
        """Whether it is of the kind and has every one of the words somewhere."""
        if kind and self.exercise["kind"] != kind:
            return False
        told = self.exercise
        texts = [told["code"], told["name"], told["how"], str(self.kind), *told["cues"], *told["equipment"]]
        haystack = plain(" ".join([*texts, *self.cautions, *(place.title for place in self.used)]))
        return all(word in haystack for word in plain(words).split())


def entries_of(document: Mapping) -> list[Entry]:
    """The whole library in the plan's order."""
    used = _used(document)
    cautions = document.get("caution_codes", {})
    return [
        Entry(
            exercise=exercise,
            kind=KINDS.get(exercise["kind"], exercise["kind"]),
            sides=SIDES.get(exercise.get("sides") or "none", ""),
            cautions=[cautions.get(code, code) for code in exercise["cautions"]],
            used=used.get(exercise["code"], []),
            missing=[name for key, name in LANGUAGES.items() if not is_complete(document, exercise, key)],
        )
        for exercise in document["exercises"]
    ]


def kinds_of(document: Mapping) -> list[tuple[str, Words]]:
    """The kinds there are, in the plan's order."""
    return [(key, KINDS.get(key, key)) for key in dict.fromkeys(one["kind"] for one in document["exercises"])]


def plain(text: str) -> str:
    """A text without accents and case."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


def _used(document: Mapping) -> dict[str, list[Used]]:
    titles = {phase["key"]: phase["title"] for phase in document["phases"]}
    found: dict[str, list[Used]] = {}
    for phase, items in document["prescriptions"].items():
        for item in items:
            place = Used(phase, titles[phase], item["dose"], bool(item.get("focus")))
            found.setdefault(item["exercise"], []).append(place)
    return found
