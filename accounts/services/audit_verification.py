"""Reads the whole audit trail again and names the first row that is not as it was written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hmac import compare_digest
from itertools import groupby
from operator import itemgetter

from ..models import AuditedPatient, AuditEvent
from .audit_anchors import Anchor
from .audit_chain import BEGINNING, seal

COLUMNS = ("number", "at", "actor", "role", "action", "what", "details", "previous", "mac")


@dataclass(frozen=True, slots=True)
class Verified:
    """How many rows are as they were written; `broken` and `why` name the first that is not."""

    rows: int
    broken: int | None = None
    why: str = ""


def verify(anchors: Iterable[Anchor] = ()) -> Verified:
    """Follows the chain from its first row, and looks for every anchored row in it."""
    expected = {anchor.number: anchor.mac for anchor in anchors}
    number, previous = 0, BEGINNING
    for row, patients in _rows():
        why = _fault(row, patients, number + 1, previous, expected.pop(row[0], None))
        if why:
            return Verified(number, min(row[0], number + 1), why)
        number, previous = row[0], row[-1]
    if missing := [anchored for anchored in expected if anchored > 0]:
        return Verified(number, number + 1, f"the rows up to {max(missing)} are gone")
    if stray := AuditedPatient.objects.filter(event__number__gt=number).first():
        return Verified(number, stray.event_id, "it names a patient but has no row")
    return Verified(number)


def _fault(row, patients, number: int, previous: str, anchored: str | None) -> str:
    if row[0] != number:
        return f"row {number} is missing"
    if row[7] != previous:
        return "it does not follow the row before it"
    if not compare_digest(row[8], seal(*row[:7], patients, previous)):
        return "it was changed, or the key is another"
    if anchored is not None and anchored != row[8]:
        return "it is not the row that was anchored outside"
    return ""


def _rows() -> Iterator[tuple]:
    """Each event in order with the patients it names, read along both tables at once."""
    named = AuditedPatient.objects.order_by("event_id").values_list("event_id", "patient").iterator(5000)
    groups = groupby(named, key=itemgetter(0))
    waiting = next(groups, None)
    for row in AuditEvent.objects.order_by("number").values_list(*COLUMNS).iterator(5000):
        patients = []
        while waiting is not None and waiting[0] <= row[0]:  # a name whose row is gone spoils the next seal
            patients += [patient for _, patient in waiting[1]]
            waiting = next(groups, None)
        yield row, patients
