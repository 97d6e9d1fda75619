"""A stricter limit for one patient: what then holds, and that it never lies outside what the plan allows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recovery.rules.facts import TighteningFact
from recovery.rules.plan import Criterion, Number, PlanSpec, Quantity
from recovery.rules.tightenable import HIGHER, SAFER


@dataclass(frozen=True, slots=True)
class Limit:
    """One number of the plan that may be made stricter, with the numbers it may become."""

    phase: str
    condition: str
    parameter: str
    leads_to: str | None
    quantity: Quantity

    @property
    def is_stricter_higher(self) -> bool:
        """Whether a higher number asks for more; else a lower one does."""
        return SAFER[self.condition][self.parameter] == HIGHER

    @property
    def strictest(self) -> Number:
        """The end of the plan's own range on the safe side."""
        return self.quantity.highest if self.is_stricter_higher else self.quantity.lowest

    @property
    def place(self) -> tuple[str, str, str, str | None]:
        """Where it stands in the plan."""
        return self.phase, self.condition, self.parameter, self.leads_to

    def is_stricter(self, number: Number) -> bool:
        """Whether a number asks for more than the plan."""
        return number > self.quantity.value if self.is_stricter_higher else number < self.quantity.value


def limits_of(plan: PlanSpec) -> Iterator[Limit]:
    """Every number of a plan that can be made stricter inside its own range."""
    for phase in plan.phases:
        seen = set()
        for criterion in (*(item for way in phase.advance for item in way), *phase.step_back):
            for name in SAFER.get(criterion.condition, {}):
                if name not in criterion.parameters:
                    continue
                limit = Limit(phase.key, criterion.condition, name, criterion.to, criterion.parameters[name])
                if limit.place not in seen and limit.strictest != limit.quantity.value:
                    seen.add(limit.place)
                    yield limit


def stricter(
    criterion: Criterion, phase: str, tightenings: Sequence[TighteningFact]
) -> tuple[Mapping[str, Any], dict[str, Number]]:
    """The limits a condition has for this patient, and the plan's own numbers where those differ."""
    if not tightenings:
        return criterion.limits, {}
    limits, replaced = dict(criterion.limits), {}
    for item in tightenings:
        if (item.phase, item.condition, item.leads_to) != (phase, criterion.condition, criterion.to):
            continue
        quantity = criterion.parameters.get(item.parameter)
        if quantity is None:
            continue
        limit = Limit(phase, criterion.condition, item.parameter, criterion.to, quantity)
        number = min(max(item.limit, quantity.lowest), quantity.highest)
        if limit.is_stricter(number):
            limits[item.parameter], replaced[item.parameter] = number, quantity.value
    if criterion.condition == "minimum_days" and replaced:
        limits.pop("mild_days", None)  # the shorter stay after a mild start is a relief; a stricter limit has none
        limits.pop("mild_baseline", None)
    return limits, replaced


def tightened_plan(plan: PlanSpec, tightenings: Iterable[TighteningFact]) -> PlanSpec:
    """The plan as it is for this patient, to ask whether its limits still fit together."""
    chosen = tuple(tightenings)

    def fitted(criterion: Criterion, phase: str) -> Criterion:
        limits, replaced = stricter(criterion, phase, chosen)
        if not replaced:
            return criterion
        kept = {name: item for name, item in criterion.parameters.items() if name in limits}
        return replace(criterion, parameters={name: replace(item, value=limits[name]) for name, item in kept.items()})

    return replace(
        plan,
        phases=tuple(
            replace(
                phase,
                advance=tuple(tuple(fitted(item, phase.key) for item in way) for way in phase.advance),
                step_back=tuple(fitted(item, phase.key) for item in phase.step_back),
            )
            for phase in plan.phases
        ),
    )
