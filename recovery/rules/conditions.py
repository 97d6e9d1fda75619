"""The closed vocabulary a plan may use: each condition with its parameters and their outer bounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from recovery.rules import advance, gate, plan_holds, step_back
from recovery.rules.picture import Picture
from recovery.rules.plan import Number

Check = Callable[[Picture, Mapping[str, Any]], tuple[bool, dict]]


@dataclass(frozen=True, slots=True)
class Bound:
    """The unit of a parameter and the range no plan may leave."""

    unit: str
    lowest: Number
    highest: Number
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One word of the vocabulary; `entry` conditions are asked of the intake, the others of a day."""

    name: str
    purpose: str  # entry | advance | hold | step_back
    parameters: Mapping[str, Bound]
    check: Check | None = None


def points(lowest: int, highest: int, optional: bool = False) -> Bound:
    """A 0-10 score."""
    return Bound("points", lowest, highest, optional)


def days(lowest: int, highest: int, optional: bool = False) -> Bound:
    """Calendar days."""
    return Bound("days", lowest, highest, optional)


def check_ins(lowest: int, highest: int) -> Bound:
    """A number of check-ins."""
    return Bound("check-ins", lowest, highest)


def sessions(lowest: int, highest: int) -> Bound:
    """A number of sessions."""
    return Bound("sessions", lowest, highest)


_WINDOW = {"count": check_ins(2, 7), "span": days(3, 14)}
_SESSIONS = {"graded": sessions(1, 12), "last": sessions(1, 4), "green": sessions(1, 4)}
_SETTLED = {
    "count": check_ins(5, 7),
    "span": days(5, 14),
    "enough": check_ins(4, 7),
    "average": points(0, 1),
    "highest": points(0, 2),
    "morning": points(0, 2),
    "function": points(0, 2),
    "tolerant_average": points(0, 2),
    "tolerant_highest": points(0, 3),
    "tolerant_morning": points(0, 3),
    "tolerant_weeks": Bound("weeks", 3, 4),
}
_UNMASKED = {"of": check_ins(5, 10), "without": check_ins(3, 10), "latest": check_ins(2, 5)}
_RED = {"red": sessions(2, 3), "last": sessions(2, 10), "span": days(5, 21)}

_VOCABULARY = (
    Condition("intake_average", "entry", {"lowest": points(0, 10), "highest": points(0, 10)}),
    Condition("onset_within", "entry", {"days": days(1, 7)}),
    Condition(
        "minimum_days",
        "advance",
        {"days": days(1, 28), "mild_days": days(1, 14, True), "mild_baseline": points(1, 3, True)},
        advance.minimum_days,
    ),
    Condition("time_box", "advance", {"days": days(2, 4), "average": points(5, 7)}, advance.time_box),
    Condition("advance_pain", "advance", {"average": points(0, 6)}, advance.advance_pain),
    Condition(
        "advance_recent",
        "advance",
        {**_WINDOW, "average": points(0, 5), "worst": points(0, 8), "function": points(0, 8)},
        advance.advance_recent,
    ),
    Condition(
        "advance_median",
        "advance",
        {**_WINDOW, "median": points(0, 4), "highest": points(0, 5), "function": points(0, 5)},
        advance.advance_median,
    ),
    Condition("advance_sessions", "advance", _SESSIONS, advance.advance_sessions),
    Condition("run_gate_settled_pain", "advance", _SETTLED, gate.settled_pain),
    Condition("run_gate_sessions", "advance", _SESSIONS, advance.advance_sessions),
    Condition("run_gate_walks", "advance", {"green": sessions(1, 6)}, gate.walks),
    Condition("run_gate_morning_known", "advance", {}, gate.morning_known),
    Condition("run_gate_unmasked", "advance", _UNMASKED, gate.unmasked),
    Condition("run_gate_readiness", "advance", {}, gate.readiness),
    Condition("run_gate_review", "advance", {}, gate.review),
    Condition("run_gate_confidence", "advance", {"lowest": points(0, 10)}, gate.confidence),
    Condition("level_sessions", "advance", {"green": sessions(2, 6)}, advance.level_sessions),
    Condition("level_pain", "advance", {"average": points(0, 2)}, advance.advance_pain),
    Condition("level_morning_known", "advance", {}, advance.level_morning_known),
    Condition(
        "hold_pain",
        "hold",
        {"count": check_ins(1, 7), "span": days(1, 14), "average": points(1, 8)},
        plan_holds.pain,
    ),
    Condition("hold_weekly_rise", "hold", {"delta": points(1, 2), "lowest": points(1, 4)}, plan_holds.rising_week),
    Condition("hold_more_pain", "hold", {"rise": points(1, 3)}, plan_holds.more_pain),
    Condition("hold_red_sessions", "hold", {"red": sessions(1, 2), "span": days(1, 14)}, plan_holds.red_sessions),
    Condition("hold_unsettled_session", "hold", {"span": days(1, 14)}, plan_holds.unsettled_session),
    Condition("step_back_pain", "step_back", {"average": points(3, 8)}, step_back.by_pain),
    Condition("step_back_function", "step_back", {"function": points(5, 8)}, step_back.by_function),
    Condition("step_back_sessions", "step_back", _RED, step_back.by_sessions),
)

CONDITIONS: Mapping[str, Condition] = {condition.name: condition for condition in _VOCABULARY}
