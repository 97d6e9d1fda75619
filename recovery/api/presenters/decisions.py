"""Decisions as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from recovery.models import Decision, Finding

COLUMNS = ("id", "day", "outcome", "phase", "run_level", "from_phase", "from_run_level", "rule", "notices")
FINDING_COLUMNS = ("rule", "verdict", "figures", "limits")
FULL_COLUMNS = (
    *COLUMNS,
    "episode_id",
    "check_in__key",
    "plan_version__plan__key",
    "plan_version__number",
    "rules_version",
    "decided_at",
)


def decision_json(decision: Decision | None) -> dict | None:
    """A decision with its findings, or nothing."""
    if decision is None:
        return None
    return _shaped(vars(decision), [_finding(vars(row)) for row in decision.findings.all()])


def decisions_json(rows: Iterable[Mapping]) -> list[dict]:
    """Decisions given as columns, with their findings in one more query."""
    rows = list(rows)
    found = _findings([row["id"] for row in rows])
    return [_shaped(row, found[row["id"]]) for row in rows]


def full_decisions_json(rows: Iterable[Mapping]) -> list[dict]:
    """Decisions given as full columns, with what each was made from."""
    rows = list(rows)
    return [{**short, **_sources(row)} for short, row in zip(decisions_json(rows), rows, strict=True)]


def _findings(decision_ids: list[int]) -> Mapping[int, list[dict]]:
    found = defaultdict(list)
    rows = Finding.objects.filter(decision__in=decision_ids).order_by("decision", "position")
    for row in rows.values("decision_id", *FINDING_COLUMNS):
        found[row["decision_id"]].append(_finding(row))
    return found


def _finding(row: Mapping) -> dict:
    return {name: row[name] for name in FINDING_COLUMNS}


def _shaped(row: Mapping, findings: list[dict]) -> dict:
    values = {name: row[name] for name in COLUMNS}
    levels = {name: row[name] or None for name in ("run_level", "from_run_level")}
    return {**values, **levels, "findings": findings}


def _sources(row: Mapping) -> dict:
    return {
        "episode": row["episode_id"],
        "check_in": row["check_in__key"],
        "plan": row["plan_version__plan__key"],
        "plan_version": row["plan_version__number"],
        "rules_version": row["rules_version"],
        "decided_at": row["decided_at"],
    }
