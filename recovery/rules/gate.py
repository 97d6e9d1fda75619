"""The run gate: what must be true before the first walk-run session (G1-G8)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from recovery.rules.picture import Picture
from recovery.rules.sessions import GREEN, graded_in_phase, pending
from recovery.rules.windows import last_within, weekly_middle

Limits = Mapping[str, Any]
Checked = tuple[bool, dict]
STEADY_WITHIN = 1  # points between weekly medians that still count as stable


def settled_pain(picture: Picture, limits: Limits) -> Checked:
    """G1: the last check-ins are almost free of pain; a clinician may have unlocked the tolerant limits."""
    last = last_within(picture.state.window, picture.today, limits["count"], limits["span"])
    figures = {
        "averages": [record.check_in.average for record in last],
        "mornings": [record.check_in.morning for record in last],
        "function": picture.check_in.function,
        "tolerant": False,
    }
    if not last or figures["function"] > limits["function"]:
        return False, figures
    if _settled(figures, limits, ""):
        return True, figures
    figures["tolerant"] = picture.state.tolerant_gate
    tolerated = picture.state.tolerant_gate and _settled(figures, limits, "tolerant_")
    return tolerated and _steady(picture, limits["tolerant_weeks"]), figures


def _settled(figures: dict, limits: Limits, kind: str) -> bool:
    good = sum(value <= limits[f"{kind}average"] for value in figures["averages"])
    return (
        good >= limits["enough"]
        and max(figures["averages"]) <= limits[f"{kind}highest"]
        and max(figures["mornings"]) <= limits[f"{kind}morning"]
    )


def _steady(picture: Picture, weeks: int) -> bool:
    """Whether the weekly medians of the last weeks are all known and close together."""
    ends = [picture.today - timedelta(days=7 * week) for week in range(int(weeks))]
    middles = [weekly_middle(picture.state.window, end) for end in ends]
    known = [value for value in middles if value is not None]
    return len(known) == len(middles) and max(known) - min(known) <= STEADY_WITHIN


def walks(picture: Picture, limits: Limits) -> Checked:
    """G3: enough GREEN sessions with a brisk walk of half an hour."""
    green = picture.state.tally.green_walks + sum(
        record.grade == GREEN and record.check_in.session.brisk_walk for record in graded_in_phase(picture.state)
    )
    return green >= limits["green"], {"green": green}


def morning_known(picture: Picture, limits: Limits) -> Checked:
    """G4: no session waits for its next morning, and there was none today."""
    waiting = pending(picture.state.window) or picture.check_in.session.took_place
    return not waiting, {"waiting": waiting}


def unmasked(picture: Picture, limits: Limits) -> Checked:
    """G5: pain medicine does not hide the answer."""
    taken = [record.check_in.medicine != "none" for record in picture.state.window[-limits["of"] :]]
    without = len(taken) - sum(taken)
    figures = {"without": without, "on_latest": sum(taken[-limits["latest"] :])}
    return without >= limits["without"] and figures["on_latest"] == 0, figures


def readiness(picture: Picture, limits: Limits) -> Checked:
    """G6: the readiness checklist is passed on both sides."""
    return picture.state.readiness_passed, {"passed": picture.state.readiness_passed}


def review(picture: Picture, limits: Limits) -> Checked:
    """G7: no open caution, and a professional has looked once pain lasted six weeks."""
    state = picture.state
    six_weeks_on = next((day for code, day in state.raised if code == "E3"), None)
    reviewed = six_weeks_on is None or (state.reviewed_on is not None and state.reviewed_on >= six_weeks_on)
    return not state.cautions and reviewed, {"cautions": list(state.cautions), "review_missing": not reviewed}


def confidence(picture: Picture, limits: Limits) -> Checked:
    """G8: the latest confidence answer; a low one is noted and never blocks."""
    answers = [record.check_in.confidence for record in picture.state.window]
    latest = next((value for value in reversed(answers) if value is not None), None)
    return True, {"confidence": latest, "low": latest is not None and latest < limits["lowest"]}
