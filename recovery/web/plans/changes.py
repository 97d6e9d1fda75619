"""Differences between two plan documents in words: where, what, from and to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from recovery.services.plan_differences import Difference, differences

from .change_values import value_in_words
from .names import (
    DOSE_PARTS,
    EXERCISE_PARTS,
    ITEM_PARTS,
    LAST_RUN,
    LEVEL_PARTS,
    PARAMETERS,
    PHASE_PARTS,
    QUANTITY_PARTS,
)
from .rules_sheet import ANY_IS_ENOUGH
from .threshold_names import THRESHOLD_NAMES

LONG = 60

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `page` is a phase's key, thresholds, run_levels or exercises."""

    kind: str
    page: str
    where: Words
    what: Words
    detail: Words
    before: Words
    after: Words

    @property
    def is_long(self) -> bool:
        """Whether the two values are sentences rather than numbers."""
        return max(len(str(self.before)), len(str(self.after))) > LONG


def changes(before: Mapping, after: Mapping) -> list[Change]:
    """What the second document changes in the first, in the order of the plan."""
    names = Names(before, after)
    return [names.change(difference) for difference in differences(before, after)]


class Names:
    """Finds the words for the keys of a difference, in the document that still has the thing."""

    def __init__(self, before: Mapping, after: Mapping):
        documents = (before, after)
        self.phases = {phase["key"]: phase["title"] for one in documents for phase in one["phases"]}
        self.exercises = {item["code"]: item["name"] for one in documents for item in one.get("exercises", [])}

    def change(self, found: Difference) -> Change:
        """One difference in words."""
        describe = getattr(self, f"_{found.path[0]}", self._other)
        page, where, what, detail = describe(found.path)
        before, after = (value_in_words(value, found.path) for value in (found.before, found.after))
        return Change(found.kind, page, where, what, detail, before, after)

    def _thresholds(self, path):
        return "thresholds", "", THRESHOLD_NAMES.get(path[1], path[1]), _detail(path)

    def _phases(self, path):
        page, title = path[1], self.phases.get(path[1], path[1])
        part = path[2]
        if part == "prescriptions" and len(path) > 3:
            return page, title, self.exercises.get(path[3], path[3]), _dose_part(path[4:])
        number = path[3:] if part in ANY_IS_ENOUGH else path[4:]
        if part in ("entry", "advance", *ANY_IS_ENOUGH) and len(number) > 1:
            condition = number[0].split()[0]
            label = PARAMETERS.get(condition, {}).get(number[1], number[1])
            return page, title, label, _detail(path)
        return page, title, PHASE_PARTS.get(part, part), _detail(path)

    def _run_levels(self, path):
        return "run_levels", "", path[1], LEVEL_PARTS.get(path[2], path[2]) if len(path) > 2 else ""

    def _start_levels(self, path):
        return "run_levels", "", path[1], LAST_RUN

    def _exercises(self, path):
        return "exercises", "", self.exercises.get(path[1], path[1]), _part_of_exercise(path[2:])

    def _other(self, path):
        return "", "", path[-1], ""


def _detail(path: tuple[str, ...]) -> Words:
    return QUANTITY_PARTS.get(path[-1], "")


def _part_of_exercise(rest: tuple[str, ...]) -> Words:
    """What the part is called; one in another language names the language behind it."""
    if not rest:
        return ""
    part, space, language = rest[0].partition(" ")
    return f"{EXERCISE_PARTS.get(part, part)}{space}{language}" if language else EXERCISE_PARTS.get(part, part)


def _dose_part(rest: tuple[str, ...]) -> Words:
    if rest[:1] == ("dose",) and len(rest) > 1:
        return DOSE_PARTS.get(rest[1], rest[1])
    return ITEM_PARTS.get(rest[0], rest[0]) if rest else ""
