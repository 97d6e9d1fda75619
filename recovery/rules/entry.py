"""Where the intake leads: the entry rule of the plan, always the most careful phase that fits."""

from collections.abc import Mapping

from recovery.rules.facts import PHASES
from recovery.rules.plan import Criterion, PlanSpec

HIGHEST_ENTRY = "low_impact"  # nobody starts with running


def more_careful(first: str, second: str) -> str:
    """The earlier of two phases."""
    return min(first, second, key=PHASES.index)


def entry_phase(plan: PlanSpec, average: int, days_since_onset: int) -> str:
    """The first phase with an entry alternative that fits; nothing fitting means the first phase."""
    facts = {"average": average, "days": days_since_onset}
    for phase in plan.phases:
        if any(all(_fits(criterion, facts) for criterion in alternative) for alternative in phase.entry):
            return more_careful(phase.key, HIGHEST_ENTRY)
    return plan.phases[0].key


def _fits(criterion: Criterion, facts: Mapping[str, int]) -> bool:
    limits = criterion.limits
    if criterion.condition == "onset_within":
        return facts["days"] <= limits["days"]
    return limits["lowest"] <= facts["average"] <= limits["highest"]


def reentry_phase(plan: PlanSpec, before: str, average: int, days_since_onset: int) -> str:
    """Never above the phase before, and from running or prevention never above low impact."""
    found = entry_phase(plan, average, days_since_onset)
    return more_careful(more_careful(before, HIGHEST_ENTRY), found)
