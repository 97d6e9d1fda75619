"""A phase of a plan document as a patient's day on the phone."""

from collections.abc import Mapping

from recovery.rules.facts import PHASES, RUNNING_PHASE
from recovery.services.activities import WEEKDAYS, Activity, RunSession

from .fields import EVERY_DAY
from .fields import WEEKDAYS as DAY_NAMES
from .paths import get

FIRST_DAY = WEEKDAYS[0]


def phone_of(document: Mapping, phase: str, day: str = FIRST_DAY) -> dict:
    """The day's activities of a phase, in the groups a patient sees."""
    items = sorted(document["prescriptions"][phase], key=lambda item: not item.get("focus"))
    library = {exercise["code"]: exercise for exercise in document["exercises"]}
    due = [_activity(library[item["exercise"]], item) for item in items if _is_on(item, day)]
    must = [each for each in due if not each.is_optional]
    return {
        "phone": {
            "phase": get(document, ("phases", phase)),
            "index": PHASES.index(phase) + 1,
            "run": _run(document) if phase == RUNNING_PHASE else None,
            "focus": [each for each in must if each.is_focus and not each.choose_one_of],
            "choices": [each for each in must if each.choose_one_of],
            "others": [each for each in must if not each.is_focus and not each.choose_one_of],
            "optional": [each for each in due if each.is_optional],
        },
        "preview_days": list(DAY_NAMES.items()),
        "preview_day": day,
    }


def _activity(exercise: Mapping, item: Mapping) -> Activity:
    return Activity(
        code=exercise["code"],
        name=exercise["name"],
        kind=exercise["kind"],
        sides=exercise.get("sides") or "none",
        dose=item["dose"],
        is_focus=bool(item.get("focus")),
        cues=exercise["cues"],
    )


def _is_on(item: Mapping, day: str) -> bool:
    days = item.get("days", EVERY_DAY)
    return days == EVERY_DAY or day in days


def _run(document: Mapping) -> RunSession:
    """The session of the first run level."""
    level = document["run_levels"][0]
    return RunSession(level["key"], level["sets"], level["run_minutes"], 0)
