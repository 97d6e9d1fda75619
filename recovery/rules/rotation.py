"""What a check-in asks only now and then: which question is due, and the answers no rule reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from recovery.rules.checks import InvalidFact, one_of, whole, yes_or_no
from recovery.rules.decision import Finding
from recovery.rules.facts import PHASES, SessionFact

EVERY_DAYS = {"stiffness": 3, "sleep": 7, "confidence": 7, "mood": 7, "activity": 7, "sides": 7}
"""Days until a question is due again: stiffness twice a week, the others weekly (clinical reference 1.3)."""
LOOKS_BACK = max(EVERY_DAYS.values())
WITHOUT_EXERCISES = PHASES[:2]
NEAR = 2  # criteria still open when the run gate counts as near [design]
STIFFNESS = ("under_10", "10_to_30", "over_30")  # minutes
SIDES = ("none", "left", "right")
SURFACES = ("road", "trail", "track", "treadmill", "mixed")
SHOES = ("same", "new")
LONGEST_RUN = 600  # minutes
FARTHEST_RUN = 200_000  # metres


@dataclass(frozen=True, slots=True)
class RunDetails:
    """A run as its runner tells it, in minutes and metres; each answer may be missing."""

    minutes: int | None = None
    metres: int | None = None
    surface: str | None = None
    hills: bool | None = None
    shoes: str | None = None

    def __post_init__(self) -> None:
        whole("run.minutes", self.minutes, 1, LONGEST_RUN, optional=True)
        whole("run.metres", self.metres, 1, FARTHEST_RUN, optional=True)
        one_of("run.surface", self.surface, SURFACES, optional=True)
        yes_or_no("run.hills", self.hills, optional=True)
        one_of("run.shoes", self.shoes, SHOES, optional=True)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told."""
        return self == NO_DETAILS


NO_DETAILS = RunDetails()


@dataclass(frozen=True, slots=True)
class Rotating:
    """Sleep and the activity one misses most are 0-10 and higher is better; nothing is asked for."""

    stiffness: str | None = None
    sleep: int | None = None
    activity: int | None = None
    sides: str | None = None
    run: RunDetails = NO_DETAILS

    def __post_init__(self) -> None:
        one_of("stiffness", self.stiffness, STIFFNESS, optional=True)
        whole("sleep", self.sleep, 0, 10, optional=True)
        whole("activity", self.activity, 0, 10, optional=True)
        one_of("sides", self.sides, SIDES, optional=True)

    def of(self, session: SessionFact) -> "Rotating":
        """The same answers beside this session; raises InvalidFact for a run in a session that was none."""
        if not self.run.is_empty and not session.took_place:
            raise InvalidFact("run", "must be empty unless the session is done or part")
        return self


NOTHING_MORE = Rotating()


def due_on(day: date, answered: Mapping[str, date], phase: str, gate_is_near: bool = False) -> tuple[str, ...]:
    """The questions of a day, given when each was last answered: one, all that are due in the weekly phase.

    Confidence is asked every day while the run gate is near.
    """
    known = {item: days for item, days in EVERY_DAYS.items() if item != "sides" or phase not in WITHOUT_EXERCISES}
    due = [item for item, days in known.items() if item not in answered or (day - answered[item]).days >= days]
    if phase == PHASES[-1]:
        return tuple(due)
    chosen = {due[day.toordinal() % len(due)]} if due else set()
    if gate_is_near and answered.get("confidence") != day:
        chosen.add("confidence")
    return tuple(item for item in known if item in chosen)


def coming(
    days: Iterable[date], answered: Mapping[str, date], phase: str, gate_is_near: bool = False
) -> dict[date, tuple[str, ...]]:
    """The questions of several days in a row, as if every one were answered."""
    told, asked = dict(answered), {}
    for day in days:
        asked[day] = due_on(day, told, phase, gate_is_near)
        told |= dict.fromkeys(asked[day], day)
    return asked


def gate_is_near(criteria: Iterable[Finding]) -> bool:
    """Whether the way forward is the run gate and little is missing; confidence itself never blocks."""
    gate = [finding for finding in criteria if finding.rule != "run_gate_confidence"]
    is_gate = any(finding.rule.startswith("run_gate") for finding in gate)
    return is_gate and sum(finding.verdict == "unmet" for finding in gate) <= NEAR
