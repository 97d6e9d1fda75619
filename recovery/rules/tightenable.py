"""Which limits of a plan may be made stricter for one patient, and which way is stricter."""

from collections.abc import Mapping

LOWER, HIGHER = "lower", "higher"
_PAIN = {"average": LOWER, "worst": LOWER, "median": LOWER, "highest": LOWER, "morning": LOWER, "function": LOWER}
_SESSIONS = {"graded": HIGHER, "green": HIGHER}

SAFER: Mapping[str, Mapping[str, str]] = {
    "minimum_days": {"days": HIGHER},
    "advance_pain": _PAIN,
    "advance_recent": _PAIN,
    "advance_median": _PAIN,
    "advance_sessions": _SESSIONS,
    "run_gate_settled_pain": _PAIN,
    "run_gate_sessions": _SESSIONS,
    "run_gate_walks": _SESSIONS,
    "run_gate_unmasked": {"without": HIGHER},
    "level_sessions": _SESSIONS,
    "level_pain": _PAIN,
    "step_back_pain": _PAIN,
    "step_back_function": _PAIN,
}
"""By condition and number. A number is left out where neither way is safer on every day."""
