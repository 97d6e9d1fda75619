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

HYSTERESIS = (
    ("step_back_pain", "average", ("median", "average")),
    ("step_back_function", "function", ("function",)),
)
"""Which step back answers which limits of moving on, by the names of their numbers."""

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
    yield from _ways_out(place, phase)
    ways = (item for way in (*phase.entry, *phase.advance) for item in way)
    for criterion in (*ways, *phase.hold, *phase.step_back):
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


def _ways_out(place: str, phase: PhaseSpec) -> Iterator[str]:
    """Nobody is kept for good: rest ends by itself, and a hold lets go before the clinic is told of a plateau."""
    if phase.key == PHASES[0] and not any(item.condition == "time_box" for way in phase.advance for item in way):
        yield f"{place}.advance: must contain time_box, or very lasting pain would mean endless rest"
    if phase.key == PHASES[-1] and phase.hold:
        yield f"{place}.hold: must be empty, there is no phase to be held back from"
    names = [criterion.condition for criterion in phase.hold]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{place}.hold: must contain {name} only once"
    if phase.plateau_days is None:
        return
    plateau = phase.plateau_days.value
    for criterion in phase.hold:
        if criterion.limits.get("span", 0) >= plateau:
            yield f"{place}.{criterion.condition}.span: must be below plateau_days, or the hold has no way out"
    for criterion in (item for way in phase.advance for item in way if item.condition == "minimum_days"):
        if criterion.limits["days"] >= plateau:
            yield f"{place}.minimum_days.days: must be below plateau_days, or nobody leaves in time"


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
    """Limits for moving on and for stepping back stay at least two points apart, or people would bounce."""
    for before, phase in zip(plan.phases, plan.phases[1:], strict=False):
        for condition, item, names in HYSTERESIS:
            back = [rule.limits[item] for rule in phase.step_back if rule.condition == condition]
            into = list(_forward_limits(before, names))
            if into and back and min(back) - max(into) < LEAST_HYSTERESIS:
                yield _too_close(phase, condition, "that leads into it")
            onward = list(_forward_limits(phase, names))
            if onward and back and min(back) - max(onward) < LEAST_HYSTERESIS:
                yield _too_close(phase, condition, "for moving on from it")


def _too_close(phase: PhaseSpec, condition: str, where: str) -> str:
    kind = "pain" if condition == "step_back_pain" else "function"
    least = f"at least {LEAST_HYSTERESIS} points"
    return f"phases.{phase.key}.step_back: its {kind} limit must lie {least} above the limit {where}"


def _forward_limits(phase: PhaseSpec, names: tuple[str, ...]) -> Iterator[float]:
    """The limit of each way forward out of a phase on pain or function, the first that is named."""
    for way in phase.advance:
        limits = (criterion.limits[name] for criterion in way for name in names if name in criterion.limits)
        if (limit := next(limits, None)) is not None:
            yield limit


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
