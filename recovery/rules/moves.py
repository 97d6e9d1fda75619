"""Moving between phases and run levels, and starting the windows again."""

import math
from dataclasses import replace
from datetime import date, timedelta

from recovery.rules.facts import PHASES, RUN_LEVELS, RUNNING_PHASE, Ladder
from recovery.rules.plan import PlanSpec
from recovery.rules.state import State, StepBack, Tally, changed

REMEMBERED_DAYS = 35  # step backs older than this matter to no rule


def enter_phase(state: State, phase: str, run_level: str | None, day: date, first_day: date) -> State:
    """In `phase` since the evening of `day`; `first_day` is the first day that begins in it."""
    running = phase == RUNNING_PHASE
    return changed(
        state,
        phase=phase,
        run_level=run_level if running else None,
        phase_entered_on=day,
        phase_from=first_day,
        level_entered_on=day,
        level_from=first_day,
        tally=Tally(),
        recovered=state.recovered or running,
        daily_until=None,
    )


def to_phase(state: State, phase: str, run_level: str | None, today: date) -> State:
    """The ordinary move by a decision of this evening."""
    return enter_phase(state, phase, run_level, today, today + timedelta(days=1))


def to_level(state: State, run_level: str, today: date) -> State:
    """Another run level from tomorrow on."""
    return changed(
        state,
        run_level=run_level,
        level_entered_on=today,
        level_from=today + timedelta(days=1),
        tally=replace(state.tally, level_greens=0),
    )


def back_to(state: State, phase: str, today: date) -> State:
    """A step back, remembered for the cool-down and the flare notices; it ends a clinician's override."""
    first = today - timedelta(days=REMEMBERED_DAYS)
    kept = tuple(move for move in state.step_backs if move.day > first)
    moved = to_phase(state, phase, None, today)
    return changed(moved, step_backs=(*kept, StepBack(today, state.phase, phase)), departure=None)


def restart_windows(state: State, day: date) -> State:
    """Forget the check-ins before `day`; silence and gaps count from it."""
    return changed(state, window=(), tally=Tally(), silence_from=day, silence_raised=())


def place_of(phase: str, run_level: str | None) -> tuple[int, int]:
    """A place on the way, smaller is more careful."""
    level = int(run_level[1:]) if run_level else 0
    return PHASES.index(phase), level


def start_level(plan: PlanSpec, last_run_on: date | None, today: date) -> str:
    """The first run level: the longer the break from running, the lower."""
    for row in plan.start_levels:
        if row.within_days is None:
            return row.level
        if last_run_on is not None and (today - last_run_on).days <= row.within_days.value:
            return row.level
    return plan.level_keys[0]


def known_level(plan: PlanSpec, run_level: str | None) -> str | None:
    """The run level, or the plan's highest when the plan has no such level."""
    return plan.level_keys[-1] if run_level is not None and run_level not in plan.level_keys else run_level


def after_plan_move(plan: PlanSpec, state: State, left: Ladder) -> State:
    """The state on another plan version; a run level that is no more gives way to an easier one, begun today."""
    departure = state.departure
    if departure is not None:
        base = _level_after_move(plan, departure.base_run_level, left)
        state = changed(state, departure=replace(departure, base_run_level=base))
    level = _level_after_move(plan, state.run_level, left)
    if level == state.run_level:
        return state
    tally = replace(state.tally, level_greens=0)
    return changed(state, run_level=level, level_entered_on=state.day, level_from=state.day, tally=tally)


def _level_after_move(plan: PlanSpec, run_level: str | None, left: Ladder) -> str | None:
    """The highest level that is neither above the present one nor has more running in it; else the first."""
    if run_level is None:
        return None
    most, place = dict(left).get(run_level, math.inf), RUN_LEVELS.index(run_level)
    easier = [level.key for level in plan.run_levels[: place + 1] if level.run_minutes <= most]
    return easier[-1] if easier else plan.level_keys[0]


def lower_level(plan: PlanSpec, run_level: str, steps: int) -> str:
    """Some levels down, never below the first."""
    known = plan.level_keys
    position = known.index(run_level) if run_level in known else len(known) - 1
    return known[max(0, position - steps)]
