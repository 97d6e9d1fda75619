"""One day as the questions see it: the plan, the state with today's check-in in it, and today's answers."""

from dataclasses import dataclass
from datetime import date

from recovery.rules.facts import CheckInFact
from recovery.rules.plan import PhaseSpec, PlanSpec
from recovery.rules.state import State


@dataclass(frozen=True, slots=True)
class Picture:
    """What a rule may look at; `gap` is days since the previous check-in."""

    plan: PlanSpec
    state: State
    today: date
    check_in: CheckInFact
    gap: int = 1

    def after(self, state: State) -> "Picture":
        """The same day seen with a later state."""
        return Picture(self.plan, state, self.today, self.check_in, self.gap)

    @property
    def phase(self) -> PhaseSpec:
        """The phase the day began in."""
        return self.plan.phase(self.state.phase)

    @property
    def day_in_phase(self) -> int:
        """1 on the day of entry."""
        return (self.today - self.state.phase_entered_on).days + 1

    @property
    def day_at_level(self) -> int:
        """1 on the day the run level was entered."""
        return (self.today - self.state.level_entered_on).days + 1
