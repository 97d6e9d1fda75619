"""What a plan may say, but had better not: each remark names its place, what follows from it and what to do."""

from collections.abc import Iterator, Mapping

from recovery.rules.facts import PHASES, RUNNING_PHASE
from recovery.rules.plan import PhaseSpec, PlanSpec, Quantity

EACH_IN_TURN = "alternate"
DESIGN = "design"
HURT_BACK = PHASES[2:]


def advice(plan: PlanSpec, document: Mapping) -> list[str]:
    """Remarks on a plan without faults and the exercises it prescribes; none hinders its publishing."""
    return [
        *(remark for phase in plan.phases for remark in _phase(phase)),
        *_running(document),
        *_sides(document),
        *_translations(document),
        *_sources(plan, document),
    ]


def _phase(phase: PhaseSpec) -> Iterator[str]:
    place = f"phases.{phase.key}"
    if phase.plateau_days is None and phase.key != PHASES[-1]:
        yield f"{place}.plateau_days: not given, so nobody is told when somebody stays here for long"
    back = {criterion.condition for criterion in phase.step_back}
    if phase.key in HURT_BACK and "step_back_sessions" not in back:
        yield f"{place}.step_back: has no step_back_sessions, so sessions that were too much never lead back"
    if phase.key in HURT_BACK[:2] and "step_back_function" not in back:
        yield f"{place}.step_back: has no step_back_function, so days that get harder never lead back"


def _running(document: Mapping) -> Iterator[str]:
    """Running prescribed before low-impact activity has been gone through; it is served to nobody there."""
    kinds = {exercise["code"]: exercise.get("kind") for exercise in document.get("exercises", [])}
    for phase in PHASES[: PHASES.index(RUNNING_PHASE)]:
        for item in document.get("prescriptions", {}).get(phase, []):
            if kinds.get(item["exercise"]) == "running":
                code = item["exercise"]
                yield f"prescriptions.{phase}.{code}: {code} is running, which comes after low-impact activity"


def _sides(document: Mapping) -> Iterator[str]:
    """Left and right in turn come out even only for an even number of repeats."""
    sides = {exercise["code"]: exercise.get("sides") for exercise in document.get("exercises", [])}
    for phase, prescribed in document.get("prescriptions", {}).items():
        for item in prescribed:
            repeats = {name: item["dose"].get(name) for name in ("repeats", "repeats_high")}
            odd = any(isinstance(number, int) and number % 2 for number in repeats.values())
            if sides.get(item["exercise"]) == EACH_IN_TURN and odd:
                yield (
                    f"prescriptions.{phase}.{item['exercise']}: {item['exercise']} goes left and right in turn, so an "
                    "odd number of repeats gives one side more; make it even"
                )


def _translations(document: Mapping) -> Iterator[str]:
    """Exercises that a language of the plan has no name or no instruction for."""
    for language, known in (document.get("translations") or {}).items():
        for exercise in document.get("exercises", []):
            code = exercise["code"]
            missing = [part for part in ("name", "how") if not known.get(code, {}).get(part)]
            if missing:
                what = " and no ".join(missing)
                yield f"exercises.{code}: {code} has no {what} in {language}, so people read English"


def _sources(plan: PlanSpec, document: Mapping) -> Iterator[str]:
    """Sources that nothing names, and what has none in the sources."""
    named = {quantity.source for quantity in _quantities(plan)}
    texts = [str(item.get("source", "")) for item in (*document.get("exercises", []), *document["run_levels"])]
    for key in plan.sources:
        if key not in named and not any(key in text for text in texts):
            yield f"sources.{key}: nothing in the plan names {key}; name it where it is used, or take it out"


def _quantities(plan: PlanSpec) -> Iterator[Quantity]:
    yield from plan.thresholds.values()
    for phase in plan.phases:
        for criterion in (*(c for way in (*phase.entry, *phase.advance) for c in way), *phase.hold, *phase.step_back):
            yield from criterion.parameters.values()
        if phase.plateau_days is not None:
            yield phase.plateau_days
    yield from (row.within_days for row in plan.start_levels if row.within_days is not None)
