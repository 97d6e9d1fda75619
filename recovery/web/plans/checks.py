"""What is wrong with a draft, or had better be otherwise: a page of its own, and live beside the editor."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from recovery.models import PlanVersion
from recovery.rules.facts import PHASES
from recovery.services.plan_linter import remarks

from .faults import in_words
from .paths import Path

OF_PHASE = re.compile(r"^(?:phases|prescriptions)\.(\w+)")
OF_EXERCISE = re.compile(r"^exercises\.(\w+)$")
CONDITION = re.compile(r"^phases\.(?P<phase>\w+)\.(?P<rest>.+)$")
STEPS = re.compile(r"\[(\d+)\]|\.?(\w+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """One remark as a line: what it is about, what is said, and where to change it."""

    about: str
    sentence: str
    is_fault: bool
    href: str


def shown(draft: PlanVersion, document: Mapping) -> list[Shown]:
    """All remarks on a document of a draft."""
    return [
        Shown(*in_words(document, each.place, each.sentence), each.is_fault, href_of(draft, document, each.place))
        for each in remarks(document)
    ]


def href_of(draft: PlanVersion, document: Mapping, place: str) -> str:
    """The page of a place, down to its field where it has one."""
    key = draft.plan.key
    if (found := OF_PHASE.match(place)) and found[1] in PHASES:
        anchor = "exercises" if place.startswith("prescriptions") else next(_fields(document, place), "")
        return reverse("plans:phase", args=[key, found[1]]) + (f"#{anchor}" if anchor else "")
    if place.startswith("thresholds."):
        return reverse("plans:thresholds", args=[key]) + f"#id_{_name(_path(place))}"
    if place.startswith(("run_levels", "start_levels")):
        return reverse("plans:levels", args=[key])
    codes = {str(exercise.get("code")) for exercise in document.get("exercises", [])}
    if (found := OF_EXERCISE.match(place)) and found[1] in codes:
        return reverse("plans:exercise", args=[key, found[1]])
    return reverse("plans:exercises" if place.startswith("exercises") else "plans:draft", args=[key])


def _path(place: str) -> Path:
    """phases.rest.advance[0][1].days as steps."""
    return tuple(int(number) if number else name for number, name in STEPS.findall(place))


def _name(path: Path) -> str:
    return "-".join(map(str, path if path[-1] == "value" else (*path, "value")))


def _fields(document: Mapping, place: str) -> Iterator[str]:
    """The fields a place of a phase may mean, given by position or by the name of a condition."""
    found = CONDITION.match(place)
    if found is None:
        return
    phase = next(each for each in document["phases"] if each["key"] == found["phase"])
    if found["rest"] in ("title", "goal", "allowed", "forbidden"):
        yield f"id_phases-{found['phase']}-{found['rest']}"
    condition, _dot, number = found["rest"].partition(".")
    for path, item in _conditions(phase):
        by_position = ".".join(map(str, path)) == ".".join(map(str, _path(found["rest"])[: len(path)]))
        names = [name for name, value in item.items() if isinstance(value, Mapping)]
        if by_position or item.get("condition") == condition:
            wanted = [name for name in names if name in (number, _path(place)[-1])] or names[:1]
            yield from (f"id_{_name(('phases', found['phase'], *path, name))}" for name in wanted)
    if found["rest"].startswith("plateau_days") and phase.get("plateau_days"):
        yield f"id_phases-{found['phase']}-plateau_days-value"


def _conditions(phase: Mapping) -> Iterator[tuple[Path, Mapping]]:
    for purpose in ("entry", "advance"):
        for way, items in enumerate(phase.get(purpose) or []):
            yield from (((purpose, way, index), item) for index, item in enumerate(items))
    for purpose in ("hold", "step_back"):
        yield from (((purpose, index), item) for index, item in enumerate(phase.get(purpose) or []))
