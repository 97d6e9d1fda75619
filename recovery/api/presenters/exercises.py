"""Exercises as plain values."""

from collections import defaultdict
from datetime import date

from recovery.models import Episode, PlanVersion, PrescribedExercise

BRIEF = ("code", "name", "kind", "sides")
FULL = (*BRIEF, "how", "progress", "regress", "cues", "stops", "cautions", "equipment", "source")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def exercises_json(version: PlanVersion, **where) -> list[dict]:
    """The library of a plan version with what is prescribed of it, in two queries."""
    prescribed = defaultdict(list)
    for row in version.prescriptions.order_by("phase__position").values(
        "exercise_id", "phase__key", "is_focus", "weekdays", "dose"
    ):
        prescribed[row["exercise_id"]].append(_prescription(row))
    rows = version.exercises.filter(**where).values("id", *FULL)
    return [{**{name: row[name] for name in FULL}, "prescriptions": prescribed[row["id"]]} for row in rows]


def prescribed_on(episode: Episode, day: date) -> list[dict]:
    """What the current phase prescribes on a local day, in the plan's order."""
    rows = PrescribedExercise.objects.filter(version=episode.plan_version_id, phase__key=episode.phase)
    named = rows.order_by("position").values("is_focus", "weekdays", "dose", *(f"exercise__{name}" for name in BRIEF))
    today, day_in_phase = WEEKDAYS[day.weekday()], episode.day_in_phase(day)
    return [_today(row) for row in named if _falls_on(row, today, day_in_phase)]


def run_session(episode: Episode) -> dict | None:
    """The walk-run step of the episode's run level, or nothing outside of it."""
    if not episode.run_level:
        return None
    rows = episode.plan_version.run_levels.filter(key=episode.run_level)
    return rows.values("key", "sets", "run_minutes", "source").first()


def _falls_on(row: dict, weekday: str, day_in_phase: int) -> bool:
    is_its_day = not row["weekdays"] or weekday in row["weekdays"]
    return is_its_day and day_in_phase >= row["dose"].get("from_phase_day", 1)


def _today(row: dict) -> dict:
    brief = {name: row[f"exercise__{name}"] for name in BRIEF}
    return {**brief, "focus": row["is_focus"], "dose": row["dose"]}


def _prescription(row: dict) -> dict:
    return {"phase": row["phase__key"], "focus": row["is_focus"], "days": row["weekdays"], "dose": row["dose"]}
