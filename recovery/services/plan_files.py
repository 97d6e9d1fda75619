"""Plans as YAML files: written so that reading them back gives the same bytes, and read with suspicion."""

from collections.abc import Mapping
from datetime import datetime

import yaml
from django.db import transaction

from recovery.models import Plan, PlanVersion
from recovery.rules.plan import InvalidPlan, parse_plan

from . import plans
from .plan_checks import library_faults
from .refusals import Refused

LARGEST = 1_000_000  # bytes; the shipped plan has about 60 000
DEEPEST = 20
MALFORMED = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
WIDTH = 120


class BadFile(Exception):
    """A file that is no plan; `faults` are sentences, each naming its place."""

    def __init__(self, *faults: str):
        self.faults = faults
        super().__init__(*faults)


class _Writer(yaml.SafeDumper):
    """Writes every value out in full."""

    def ignore_aliases(self, data) -> bool:
        return True


def as_yaml(document: Mapping) -> bytes:
    """The document as a file; the same document gives the same bytes."""
    text = yaml.dump(dict(document), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text.encode("utf-8")


def read(raw: bytes, plan: Plan) -> dict:
    """The document of a file for this plan; raises BadFile with everything that is wrong."""
    document = _parsed(_text(raw))
    if not isinstance(document, dict):
        raise BadFile("The file must hold one plan: names, each followed by a colon and its value.")
    faults = [*_other_plan(document, plan), *_rule_faults(document)]
    if not faults:
        faults = _library_faults(document)
    if faults:
        raise BadFile(*faults)
    return document


@transaction.atomic
def import_into_draft(plan: Plan, document: Mapping, revision: int | None, by, now: datetime) -> PlanVersion:
    """Makes the document the plan's draft. `revision` is of the draft that was seen, None when there was none.

    Raises Conflict when somebody changed or opened the draft meanwhile.
    """
    draft = plans.start_draft(plan.key, by, now)
    return plans.edit(draft.pk, document, 1 if revision is None else revision, by, now)


def _text(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise BadFile(f"The file is larger than {LARGEST // 1000} kB. A plan is much smaller.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadFile("The file is not text in UTF-8.") from None


def _parsed(text: str):
    """The values of a YAML text, refused before they are built when they could do harm."""
    try:
        _refuse_tricks(text)
        return yaml.safe_load(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f"Line {mark.line + 1}: " if mark else ""
        raise BadFile(f"{where}this is not YAML. {getattr(problem, 'problem', None) or ''}".strip()) from None
    except MALFORMED:
        raise BadFile("A value in the file cannot be read, for example a day that does not exist.") from None


def _refuse_tricks(text: str) -> None:
    """References, types and depths that no plan needs, and names given twice."""
    depth = 0
    faults = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            faults.append(f"Line {line}: references (& and *) are not allowed. Write the value out.")
        if getattr(event, "tag", None):
            faults.append(f"Line {line}: types (!) are not allowed. Write the plain value.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BadFile(*faults, f"Line {line}: nothing in a plan lies this deep.")
    if faults:
        raise BadFile(*faults)
    _refuse_twins(yaml.compose(text, Loader=yaml.SafeLoader))


def _line(mark) -> int:
    return mark.line + 1


def _refuse_twins(root) -> None:
    faults, waiting = [], [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                    faults.append((key.start_mark.line + 1, str(key.value)[:60]))
                else:
                    seen.add(key.value)
                waiting.append(value)
    if faults:
        raise BadFile(
            *(f"Line {line}: {str(name)[:60]} stands here twice, or is no name." for line, name in sorted(faults))
        )


def _other_plan(document: Mapping, plan: Plan) -> list[str]:
    return [
        f"{name}: must be “{own}”, as in the plan this file is for."
        for name, own in (("key", plan.key), ("title", plan.title))
        if document.get(name) != own
    ]


def _rule_faults(document: Mapping) -> list[str]:
    try:
        parse_plan(document)
    except InvalidPlan as problem:
        return [fault.rstrip(".") + "." for fault in problem.faults]
    except MALFORMED:
        return ["The plan has a value of another kind where a list or a group of names belongs."]
    return []


def _library_faults(document: Mapping) -> list[str]:
    found: list[str] = []
    try:
        found += [refused.sentence for refused in library_faults(document)]
    except Refused as refused:
        return [*found, refused.sentence]
    except MALFORMED:
        return ["exercises and prescriptions: a value is of another kind than it must be."]
    return []
