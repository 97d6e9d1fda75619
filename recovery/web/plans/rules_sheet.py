"""The rules of a phase: which conditions open the way forward, and which lead back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst

from .names import PARAMETERS
from .paths import Path, get
from .quantities import Number, Words, number_at, quantity_slot
from .slots import Slot, SlotForm

NOT_NUMBERS = ("condition", "to")
ANY_IS_ENOUGH = ("hold", "step_back")


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition as a sentence (`template`) with its numbers by name; a step back says where `to`."""

    template: str
    numbers: Mapping[str, Number]
    to: str = ""

    @property
    def by_source(self) -> list[tuple[Words, list[Number]]]:
        """The numbers that rest on the same source together."""
        groups: dict[Words, list[Number]] = {}
        for number in self.numbers.values():
            groups.setdefault(number.source, []).append(number)
        return list(groups.items())


@dataclass(frozen=True, slots=True)
class Rules:
    """`entry` and `advance` are alternatives whose conditions must all hold; any one of the others is enough."""

    entry: list[list[Rule]]
    advance: list[list[Rule]]
    hold: list[Rule]
    step_back: list[Rule]
    plateau: Number | None


def rule_slots(document: Mapping, live: Mapping, phase: str, plateau_label) -> Iterator[Slot]:
    """A slot for every number in the rules of a phase."""
    for path in rule_paths(document, phase):
        condition = get(document, path)
        for name in numbers_of(condition):
            yield from quantity_slot(document, live, (*path, name), label_of(condition["condition"], name))
    plateau = ("phases", phase, "plateau_days")
    if get(document, plateau[:-1]).get("plateau_days"):
        yield from quantity_slot(document, live, plateau, plateau_label)


def rule_paths(document: Mapping, phase: str) -> Iterator[Path]:
    """Where each condition of a phase stands."""
    spec = get(document, ("phases", phase))
    for purpose in ("entry", "advance"):
        for way, conditions in enumerate(spec.get(purpose) or []):
            for position in range(len(conditions)):
                yield ("phases", phase, purpose, way, position)
    for purpose in ANY_IS_ENOUGH:
        for position in range(len(spec.get(purpose) or [])):
            yield ("phases", phase, purpose, position)


def rules_of(document: Mapping, live: Mapping, phase: str, plateau_label, form: SlotForm | None = None) -> Rules:
    """The rules of a phase as sentences, with inputs when there is a form."""
    titles = {item["key"]: item["title"] for item in document["phases"]}
    ways: dict[str, dict[int, list[Rule]]] = {"entry": {}, "advance": {}}
    single: dict[str, list[Rule]] = {purpose: [] for purpose in ANY_IS_ENOUGH}
    for path in rule_paths(document, phase):
        rule = _rule(document, live, path, titles, form)
        if path[2] in ANY_IS_ENOUGH:
            single[path[2]].append(rule)
        else:
            ways[path[2]].setdefault(path[3], []).append(rule)
    has_plateau = get(document, ("phases", phase)).get("plateau_days")
    where = ("phases", phase, "plateau_days")
    plateau = number_at(document, live, where, plateau_label, form) if has_plateau else None
    return Rules(list(ways["entry"].values()), list(ways["advance"].values()), *single.values(), plateau)


def _rule(document: Mapping, live: Mapping, path: Path, titles: Mapping, form: SlotForm | None) -> Rule:
    condition = get(document, path)
    name = condition["condition"]
    numbers = {key: number_at(document, live, (*path, key), label_of(name, key), form) for key in numbers_of(condition)}
    to = condition.get("to", "")
    return Rule(f"recovery/plans/conditions/{name}.html", numbers, titles.get(to, to))


def numbers_of(condition: Mapping) -> list[str]:
    """The names of a condition's numbers, in the order of the vocabulary."""
    known = [name for name in PARAMETERS.get(condition["condition"], {}) if name in condition]
    return known + [name for name in condition if name not in (*NOT_NUMBERS, *known)]


def label_of(condition: str, name: str):
    """What a number of a condition is called."""
    return capfirst(str(PARAMETERS.get(condition, {}).get(name, name)))
