"""What a phase prescribes of an exercise: the days and minutes as timing, the rest as the dose extension."""

from collections.abc import Mapping

from .edition import Edition, action_id
from .extensions import Json, dose

EVERY_DAY = "daily"


def prescribed(edition: Edition, phase: str, item: Mapping) -> Json:
    """One exercise of a phase, by its definition."""
    left = {name: value for name, value in item["dose"].items() if value not in (None, "", [])}
    action: Json = {
        "id": action_id(f"{phase}-{item['exercise']}"),
        "definitionCanonical": edition.canonical("ActivityDefinition", item["exercise"]),
        "requiredBehavior": "could" if left.pop("optional", False) else "must",
        "timingTiming": {"repeat": _repeat(item.get("days", EVERY_DAY), left)},
    }
    note = left.pop("note", None)
    if note:
        action["description"] = note
    if item.get("focus"):
        action["priority"] = "routine"
        left["main"] = True
    return action | ({"extension": [dose(edition.base, left)]} if left else {})


def _repeat(days, left: dict) -> Json:
    """How often and how long; takes out of the dose what it says."""
    repeat: Json = {"period": 1, "periodUnit": "d"} if days == EVERY_DAY else {"dayOfWeek": list(days)}
    low, high = left.pop("times_per_day_low", None), left.pop("times_per_day_high", None)
    if low is not None and days == EVERY_DAY:
        repeat["frequency"] = low
    elif low is not None:
        repeat |= {"frequency": low, "period": 1, "periodUnit": "d"}
    if high is not None and low is not None and high != low:
        repeat["frequencyMax"] = high
    shortest, longest = left.pop("minutes_low", None), left.pop("minutes_high", None)
    if shortest is not None:
        repeat |= {"duration": shortest, "durationUnit": "min"}
    if longest is not None and shortest is not None and longest != shortest:
        repeat["durationMax"] = longest
    return repeat
