"""Conditions for moving on: stay long enough, pain low enough, sessions good enough."""

from collections.abc import Mapping
from typing import Any

from recovery.rules.facts import RUNNING_PHASE
from recovery.rules.picture import Picture
from recovery.rules.sessions import GREEN, RED, graded_at_level, graded_in_phase, pending
from recovery.rules.windows import last_within, middle

Limits = Mapping[str, Any]
Checked = tuple[bool, dict]


def minimum_days(picture: Picture, limits: Limits) -> Checked:
    """Full days in the phase (at the run level while running); fewer when the baseline was mild."""
    day = picture.day_at_level if picture.state.phase == RUNNING_PHASE else picture.day_in_phase
    mild = "mild_days" in limits and picture.state.baseline <= limits["mild_baseline"]
    needed = limits["mild_days"] if mild else limits["days"]
    return day > needed, {
        "day": day,
        "full_days": day - 1,
        "needed": needed,
        "baseline": picture.state.baseline,
    }


def time_box(picture: Picture, limits: Limits) -> Checked:
    """The phase has lasted its full days and pain is not very severe."""
    average = picture.check_in.average
    met = picture.day_in_phase > limits["days"] and average <= limits["average"]
    return met, {"day": picture.day_in_phase, "average": average}


def advance_pain(picture: Picture, limits: Limits) -> Checked:
    """Today's average pain is at most the limit."""
    return picture.check_in.average <= limits["average"], {"average": picture.check_in.average}


def advance_recent(picture: Picture, limits: Limits) -> Checked:
    """Each of the last check-ins is within all limits."""
    last = last_within(picture.state.window, picture.today, limits["count"], limits["span"])
    names = ("average", "worst", "function")
    figures: dict = {name: [getattr(record.check_in, name) for record in last] for name in names}
    met = bool(last) and all(max(figures[name]) <= limits[name] for name in names)
    return met, figures


def advance_median(picture: Picture, limits: Limits) -> Checked:
    """The median of the last check-ins is low enough, none is too high, and the day was manageable."""
    last = last_within(picture.state.window, picture.today, limits["count"], limits["span"])
    values = [record.check_in.average for record in last]
    function = picture.check_in.function
    figures = {"averages": values, "median": middle(values) if values else None, "function": function}
    met = bool(values) and figures["median"] <= limits["median"] and max(values) <= limits["highest"]
    return met and function <= limits["function"], figures


def advance_sessions(picture: Picture, limits: Limits) -> Checked:
    """Enough graded sessions in the phase; of the last ones none RED and enough GREEN."""
    tally = picture.state.tally
    grades = [*tally.last, *(record.grade for record in graded_in_phase(picture.state))]
    total = tally.graded - len(tally.last) + len(grades)
    last = grades[-limits["last"] :]
    met = total >= limits["graded"] and RED not in last and last.count(GREEN) >= limits["green"]
    return met, {"graded": total, "last": last, "green": last.count(GREEN)}


def level_sessions(picture: Picture, limits: Limits) -> Checked:
    """Enough GREEN runs at the level since the last RED one."""
    greens = picture.state.tally.level_greens
    grades = [record.grade for record in graded_at_level(picture.state)]
    for mark in grades:
        greens = 0 if mark == RED else greens + (mark == GREEN)
    return greens >= limits["green"], {"green": greens, "grades": grades}


def level_morning_known(picture: Picture, limits: Limits) -> Checked:
    """No run waits for its next morning."""
    waiting = pending(picture.state.window)
    return not waiting, {"waiting": waiting}
