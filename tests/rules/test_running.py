"""Whether a day may hold a run."""

from datetime import timedelta

import pytest

from recovery.rules.case_reading import read_case
from recovery.rules.replay import fold_case
from recovery.rules.running import may_run, running_blocked_by
from tests.rules.notation import case
from tests.rules.vignette_tools import on


def blocked(plan, start: str, history: str, later: int = 1, **changes) -> str | None:
    """What keeps the day after the history (or a later one) free of running."""
    state, decision = list(fold_case(read_case(case(f"{start}, B 5, onset -30", history, **changes)), plan))[-1]
    found = running_blocked_by(state, decision.day + timedelta(days=later))
    assert may_run(state, decision.day + timedelta(days=later)) == (found is None)
    return found


@pytest.mark.parametrize(
    ("changed", "start", "history", "rule"),
    [
        ("a rest day before", "P5 R3", "1/1/1/1+D1 1/1/1/1", None),
        ("a run the day before", "P5 R3", "1/1/1/1 1/1/1/1+D1", "level_sessions"),
        ("a red run the day before", "P5 R3", "1/1/1/1 1/1/1/1+D5", "red_session"),
        ("a red run two days before", "P5 R3", "1/1/1/1+D5 1/1/1/1", "red_session"),
        ("a red run three days before", "P5 R3", "1/1/1/1+D5 1/1/1/1 1/1/1/1", None),
        (
            "four runs in the last seven days",
            "P5 R3",
            "1/1/1/1+D3 1/1/1/1+D3 - 1/1/1/1+D3 1/1/1/1+D3 -",
            "level_sessions",
        ),
        ("an open caution", "P5 R3", "1/1/1/1!CA2 1/1/1/1", "caution"),
        ("an open caution in prevention", "P6", "1/1/1/1!CA2", "caution"),
        ("prevention", "P6", "1/1/1/1+D1", None),
        ("a red flag", "P5 R3", "1/1/1/1!RF11", "latched_stop"),
        ("a needed intake", "P5 R3", "1/1/1/1 (-)x14 1/1/1/1", "reintake"),
        ("low impact", "P4", "1/1/1/1", "run_gate_settled_pain"),
        ("rest", "P1", "1/1/1/1", "run_gate_settled_pain"),
    ],
)
def test_a_day_may_hold_a_run(plan, changed, start, history, rule):
    assert blocked(plan, start, history) == rule


def test_after_a_clearance_running_waits_for_the_first_check_in(plan):
    assert blocked(plan, "P5 R3", "1/1/1/1!RF11 -", clearances=on(2, by="doctor")) == "clearance"
