"""Exercises as plain values."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date

from recovery.models import CheckIn, Episode, PlanVersion
from recovery.services.activities import Activity, activities_of, run_session, state_of

BRIEF = ("code", "name", "kind", "sides")
FULL = (*BRIEF, "how", "progress", "regress", "cues", "stops", "cautions", "equipment", "source")
NOTHING_TODAY = {"exercises": [], "run_session": None, "run_free_until": None, "cautions": []}


def exercises_json(version: PlanVersion, **where) -> list[dict]:
    """The library of a plan version with what is prescribed of it, in two queries."""
    prescribed = defaultdict(list)
    for row in version.prescriptions.order_by("phase__position").values(
        "exercise_id", "phase__key", "is_focus", "weekdays", "dose"
    ):
        prescribed[row["exercise_id"]].append(_prescription(row))
    rows = version.exercises.filter(**where).values("id", *FULL)
    return [{**{name: row[name] for name in FULL}, "prescriptions": prescribed[row["id"]]} for row in rows]


def today_json(episode: Episode, today: date) -> dict:
    """What there is to do on a local day, with what is off and why."""
    average = CheckIn.objects.standing().filter(episode=episode, day=today).values_list("average", flat=True).first()
    state, run = state_of(episode), run_session(episode, today)
    return {
        "exercises": [_activity(each) for each in activities_of(episode, today, average)],
        "run_session": asdict(run) if run else None,
        "run_free_until": state.run_free_until if state else None,
        "cautions": list(state.cautions) if state else [],
    }


def _activity(row: Activity) -> dict:
    return {**{name: getattr(row, name) for name in (*BRIEF, "cues", "dose")}, "focus": row.is_focus}


def _prescription(row: dict) -> dict:
    return {"phase": row["phase__key"], "focus": row["is_focus"], "days": row["weekdays"], "dose": row["dose"]}
