"""Everything that is wrong with a plan, or had better be otherwise, each with its place and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from recovery.rules.plan import InvalidPlan, parse_plan
from recovery.rules.plan_advice import advice

from .plan_checks import library_faults
from .refusals import Refused

MALFORMED = (AttributeError, KeyError, TypeError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about a plan; a fault keeps it from being saved and published, advice does not."""

    place: str
    sentence: str
    is_fault: bool


def remarks(document: Mapping) -> list[Remark]:
    """Faults first, then advice; advice is only given on a plan the rules can read."""
    faults, plan = [], None
    try:
        plan = parse_plan(document)
    except InvalidPlan as problem:
        faults += [_remark(fault, True) for fault in problem.faults]
    faults += _of_the_library(document)
    if plan is None or faults:
        return faults
    return [_remark(line, False) for line in advice(plan, document)]


def _of_the_library(document: Mapping) -> list[Remark]:
    found = []
    try:
        for refused in library_faults(document):
            found.append(Remark(str(refused.figures.get("at", refused.field)), refused.sentence, True))
    except Refused as refused:
        found.append(Remark(refused.field, refused.sentence, True))
    except MALFORMED:
        found.append(Remark("exercises", "A value is of another kind than it must be.", True))
    return found


def _remark(line: str, is_fault: bool) -> Remark:
    place, _colon, sentence = line.partition(": ")
    return Remark(place, sentence[:1].upper() + sentence[1:].rstrip(".") + ".", is_fault)
