"""Whether today may hold a run: the phase, the cautions and the rest days all have to agree."""

from datetime import date, timedelta

from recovery.rules.facts import RUNNING_PHASE
from recovery.rules.sessions import RUNNING_PHASES
from recovery.rules.state import State

MOST_RUNS_A_WEEK = 4


def running_blocked_by(state: State, day: date) -> str | None:
    """The rule that keeps `day` free of running, or nothing when a run is allowed.

    `state` is the one after the day before (or after the day itself, when it is already decided).
    """
    if state.stopped:
        return "latched_stop"
    if state.awaiting_intake or state.awaiting_entry:
        return "reintake" if state.awaiting_intake else "clearance"
    if state.phase not in RUNNING_PHASES:
        return "run_gate_settled_pain"
    if state.cautions:
        return "caution"
    return _rest_day(state, day) if state.phase == RUNNING_PHASE else None


def _rest_day(state: State, day: date) -> str | None:
    """Run-free days after a RED run, a rest day between runs, and at most four runs in seven days."""
    if state.run_free_until is not None and day <= state.run_free_until:
        return "red_session"
    ran_on = [record.day for record in state.window if record.check_in.session.took_place and record.day < day]
    week = [ran for ran in ran_on if (day - ran).days < 7]
    if len(week) >= MOST_RUNS_A_WEEK or day - timedelta(days=1) in ran_on:
        return "level_sessions"
    return None


def may_run(state: State, day: date) -> bool:
    """Whether running content may be served on this day."""
    return running_blocked_by(state, day) is None
