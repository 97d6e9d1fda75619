"""Check-ins as plain values."""

from collections.abc import Iterable, Mapping

from recovery.models import CheckIn, Decision
from recovery.services.check_ins import decision_for

from .decisions import COLUMNS as DECISION_COLUMNS
from .decisions import decision_json, decisions_json

AS_STORED = (
    "revision",
    "day",
    "made_at",
    "received_at",
    "time_zone",
    "average",
    "worst",
    "morning",
    "function",
    "medicine",
    "woken",
    "yesterday_morning",
    "red_flags",
    "confidence",
    "mood",
    "sleep",
    "activity",
)
OR_NOTHING = ("stiffness", "sides")  # stored empty, told as null
RUN = ("minutes", "metres", "surface", "hills", "shoes")
COLUMNS = (
    *AS_STORED,
    *OR_NOTHING,
    *(f"run_{name}" for name in RUN),
    "key",
    "episode_id",
    "known_on",
    "session_status",
    "session_pain",
    "session_stopped",
    "brisk_walk",
)


def check_in_json(row: CheckIn, decision: Decision | None) -> dict:
    """A check-in with the decision given."""
    return _shaped(vars(row), decision_json(decision))


def stored_json(row: CheckIn) -> dict:
    """A stored check-in with the decision that stands for it."""
    return check_in_json(row, decision_for(row) if _is_judged(vars(row)) else None)


def check_ins_json(rows: Iterable[Mapping]) -> list[dict]:
    """Check-ins given as columns, with their decisions in two more queries."""
    rows = list(rows)
    decisions = _decisions(rows)
    return [_shaped(row, decisions.get((row["episode_id"], row["known_on"]))) for row in rows]


def revision_json(row: Mapping) -> dict:
    """What was said in one revision."""
    session = {
        "status": row["session_status"],
        "pain": row["session_pain"],
        "stopped": row["session_stopped"],
        "brisk_walk": row["brisk_walk"],
    }
    values = {name: row[name] for name in AS_STORED} | {name: row[name] or None for name in OR_NOTHING}
    return {**values, "session": session, "run": _run_json(row), "in_time": row["known_on"] == row["day"]}


def _run_json(row: Mapping) -> dict | None:
    """What was told of a run; nothing when nothing was."""
    run = {name: None if row[f"run_{name}"] == "" else row[f"run_{name}"] for name in RUN}
    return run if any(value is not None for value in run.values()) else None


def _shaped(row: Mapping, decision: dict | None) -> dict:
    return {"id": row["key"], "episode": row["episode_id"], **revision_json(row), "decision": decision}


def _is_judged(row: Mapping) -> bool:
    """A late first entry without a warning sign is a diary note: no decision answers it."""
    return row["known_on"] == row["day"] or row["revision"] > 1 or bool(row["red_flags"])


def _decisions(rows: list[Mapping]) -> dict[tuple, dict]:
    judged = [row for row in rows if _is_judged(row)]
    found = Decision.objects.standing().filter(
        episode__in={row["episode_id"] for row in judged}, day__in={row["known_on"] for row in judged}
    )
    stored = list(found.values("episode_id", *DECISION_COLUMNS))
    return {(row["episode_id"], row["day"]): shown for row, shown in zip(stored, decisions_json(stored), strict=True)}
