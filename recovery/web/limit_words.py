"""What the number behind a stricter limit is called."""

from collections.abc import Iterable

from recovery.models import Tightening

from .plans.names import PARAMETERS


def named(rows: Iterable[Tightening]) -> list[Tightening]:
    """The same rows, each with `limit_name` for its template."""
    found = list(rows)
    for row in found:
        row.limit_name = PARAMETERS.get(row.condition, {}).get(row.parameter, row.parameter)
    return found
