"""What must be true across a whole plan: nothing unreachable, nothing unsafe, limits that do not cross."""

import itertools
from collections.abc import Iterator

from recovery.rules.facts import PHASES, RUN_LEVELS, RUNNING_PHASE
from recovery.rules.plan import Criterion, PhaseSpec, PlanSpec

LEAST_HYSTERESIS = 2  # points: the smallest change of pain that is more than noise

RUN_GATE = (
    "run_gate_settled_pain",
    "run_gate_sessions",
    "run_gate_walks",
    "run_gate_morning_known",
    "run_gate_unmasked",
    "run_gate_readiness",
    "run_gate_review",
)
LADDER = ("level_sessions", "level_pain", "level_morning_known")
NEEDED = {"low_impact": RUN_GATE, RUNNING_PHASE: LADDER}
"""Conditions which every way forward out of the phase must contain."""

MUST_STEP_BACK = PHASES[2:]
ORDERED = (
    ("d_amber", "d_red"),
    ("d_amber", "d_red_running"),
    ("gap_hold", "gap_down"),
    ("gap_down", "gap_pause"),
)
CLOCKS = (("e1_days", "e2_days"), ("e2_days", "e3_days"), ("e3_days", "e4_days"))
INSIDE = (("enough", "count"), ("count", "span"), ("green", "last"), ("without", "of"), ("latest", "of"))
AT_MOST = (("median", "highest"), ("average", "highest"), ("lowest", "highest"), ("red", "last"))


def check_plan(plan: PlanSpec) -> list[str]:
    """All faults of a plan whose single values are fine."""
    return [
        *_thresholds(plan),
        *(fault for phase in plan.phases for fault in _phase(phase)),
        *_hysteresis(plan),
        *_run_levels(plan),
        *_start_levels(plan),
        *_entries(plan),
    ]


def _thresholds(plan: PlanSpec) -> Iterator[str]:
    for smaller, larger in (*ORDERED, *CLOCKS):
        if plan.limits[smaller] >= plan.limits[larger]:
            yield f"thresholds.{smaller}: must be below thresholds.{larger}"


def _phase(phase: PhaseSpec) -> Iterator[str]:
    place = f"phases.{phase.key}"
    last = phase.key == PHASES[-1]
    if last and phase.advance:
        yield f"{place}.advance: must be empty, there is no phase after it"
    if not last and not any(phase.advance):
        yield f"{place}.advance: must give at least one way forward"
    for index, alternative in enumerate(phase.advance):
        yield from _way_forward(f"{place}.advance[{index}]", phase, alternative)
    yield from _ways_back(place, phase)
    for criterion in (*(item for way in (*phase.entry, *phase.advance) for item in way), *phase.step_back):
        yield from _parameters(place, criterion)


def _way_forward(place: str, phase: PhaseSpec, alternative: tuple[Criterion, ...]) -> Iterator[str]:
    names = [criterion.condition for criterion in alternative]
    if "time_box" in names and phase.key != PHASES[0]:
        yield f"{place}: only the phase {PHASES[0]} may end by a time box"
    elif "time_box" not in names and "minimum_days" not in names:
        yield f"{place}: must contain minimum_days"
    for name in NEEDED.get(phase.key, ()):
        if name not in names:
            yield f"{place}: must contain {name}"
    if phase.key not in NEEDED and any(name in (*RUN_GATE, *LADDER) for name in names):
        yield f"{place}: run gate and ladder conditions belong to low_impact and {RUNNING_PHASE}"


def _ways_back(place: str, phase: PhaseSpec) -> Iterator[str]:
    if phase.key in MUST_STEP_BACK and not any(item.condition == "step_back_pain" for item in phase.step_back):
        yield f"{place}.step_back: must contain step_back_pain"
    for index, criterion in enumerate(phase.step_back):
        if criterion.to is None or PHASES.index(criterion.to) >= phase.position:
            yield f"{place}.step_back[{index}].to: must be an earlier phase"
    pains = [item for item in phase.step_back if item.condition == "step_back_pain"]
    for earlier, later in itertools.pairwise(pains):
        higher = earlier.limits["average"] > later.limits["average"]
        if not higher or PHASES.index(earlier.to or "") >= PHASES.index(later.to or ""):
            yield f"{place}.step_back: pain limits must fall and lead to higher phases from line to line"


def _parameters(place: str, criterion: Criterion) -> Iterator[str]:
    limits = criterion.limits
    for smaller, larger in (*INSIDE, *AT_MOST):
        if smaller in limits and larger in limits and limits[smaller] > limits[larger]:
            yield f"{place}.{criterion.condition}.{smaller}: must be at most {larger}"
    if ("mild_days" in limits) != ("mild_baseline" in limits):
        yield f"{place}.{criterion.condition}: mild_days and mild_baseline belong together"
    if "mild_days" in limits and limits["mild_days"] > limits["days"]:
        yield f"{place}.{criterion.condition}.mild_days: must be at most days"


def _hysteresis(plan: PlanSpec) -> Iterator[str]:
    """Advance and step-back limits on pain stay at least two points apart, or people would bounce."""
    for before, phase in zip(plan.phases, plan.phases[1:], strict=False):
        in_limits = [_entry_limit(way) for way in before.advance]
        back = [item.limits["average"] for item in phase.step_back if item.condition == "step_back_pain"]
        found = [limit for limit in in_limits if limit is not None]
        if found and back and min(back) - max(found) < LEAST_HYSTERESIS:
            yield (
                f"phases.{phase.key}.step_back: its pain limit must lie at least {LEAST_HYSTERESIS} "
                f"points above the limit that leads into it"
            )


def _entry_limit(alternative: tuple[Criterion, ...]) -> float | None:
    """The pain limit on the way into the next phase."""
    for criterion in alternative:
        for name in ("median", "average"):
            if name in criterion.limits:
                return criterion.limits[name]
    return None


def _run_levels(plan: PlanSpec) -> Iterator[str]:
    keys = plan.level_keys
    if not keys or keys != RUN_LEVELS[: len(keys)]:
        yield "run_levels: must be R1, R2, ... without a hole"
    previous = 0.0
    for level in plan.run_levels:
        total = sum(item.run_minutes * item.repeats for item in level.sets)
        if total != level.run_minutes:
            yield f"run_levels.{level.key}.run_minutes: must be {total}, the sum of its sets"
        if level.run_minutes < previous:
            yield f"run_levels.{level.key}.run_minutes: must not be below the level before"
        previous = level.run_minutes


def _start_levels(plan: PlanSpec) -> Iterator[str]:
    rows = plan.start_levels
    limits = [row.within_days.value for row in rows if row.within_days is not None]
    if not rows or rows[-1].within_days is not None or len(limits) != len(rows) - 1:
        yield "start_levels: exactly the last line must be without within_days"
    if limits != sorted(set(limits)):
        yield "start_levels: within_days must rise from line to line"
    for row in rows:
        if row.level not in plan.level_keys:
            yield f"start_levels.{row.level}: must be a run level of the plan"
    positions = [plan.level_keys.index(row.level) for row in rows if row.level in plan.level_keys]
    if positions != sorted(positions, reverse=True):
        yield "start_levels: a longer break must not start at a higher level"


def _entries(plan: PlanSpec) -> Iterator[str]:
    for phase in plan.phases[PHASES.index(RUNNING_PHASE) :]:
        if phase.entry:
            yield f"phases.{phase.key}.entry: must be empty, nobody starts with running"
