"""The state between two days: small, frozen, versioned, and the same after a round trip through JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from recovery.rules.facts import CheckInFact, TighteningFact

STATE_VERSION = 1
WINDOW_DAYS = 35
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Record:
    """A check-in in the window, with the phase and run level valid at the start of its day."""

    check_in: CheckInFact
    phase: str
    run_level: str | None
    known_on: date
    grade: str | None = None
    graded_on: date | None = None

    @property
    def day(self) -> date:
        """The local day the check-in is about."""
        return self.check_in.day


@dataclass(frozen=True, slots=True)
class Tally:
    """Graded sessions of the present phase stay that have left the window."""

    graded: int = 0
    green_walks: int = 0
    level_greens: int = 0
    last: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepBack:
    """A phase step back that happened, for the cool-down and the flare notices."""

    day: date
    from_phase: str
    to_phase: str


@dataclass(frozen=True, slots=True)
class Departure:
    """An override in force and the place the rules would be in without it."""

    until: date
    base_phase: str
    base_run_level: str | None


@dataclass(frozen=True)  # no slots: `changed` copies the fields in one go
class State:
    """Everything the next day's decision needs; `day` is the last day folded in.

    `phase_entered_on` is day 1 of the phase; `phase_from` is the first day that began in it (a decision of
    the evening moves the next day). `baseline_values` is None when a start fixed the baseline. `cautions`
    are the open ones; `raised` says which notices were raised in the episode and when.
    """

    day: date
    started_on: date
    onset_on: date
    last_run_on: date | None
    phase: str
    run_level: str | None
    phase_entered_on: date
    phase_from: date
    level_entered_on: date
    level_from: date
    baseline: float
    silence_from: date
    last_average: int
    baseline_values: tuple[tuple[date, int], ...] | None = ()
    check_ins: int = 0
    last_check_in_on: date | None = None
    window: tuple[Record, ...] = ()
    tally: Tally = Tally()
    recovered: bool = False
    stop_flags: tuple[str, ...] = ()
    stopped_on: date | None = None
    awaiting_intake: bool = False
    awaiting_entry: bool = False
    cautions: tuple[str, ...] = ()
    halved_timers: bool = False
    reviewed_on: date | None = None
    step_backs: tuple[StepBack, ...] = ()
    run_free_until: date | None = None
    last_red_on: date | None = None
    daily_until: date | None = None
    readiness_passed: bool = False
    tolerant_gate: bool = False
    departure: Departure | None = None
    raised: tuple[tuple[str, date], ...] = ()
    silence_raised: tuple[str, ...] = ()
    paused_until: date | None = None
    tightenings: tuple[TighteningFact, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether a red flag has switched the plan off."""
        return self.stopped_on is not None

    @property
    def expected_from(self) -> date:
        """The day after which check-ins are expected: the last one, or the end of a pause."""
        return self.silence_from if self.paused_until is None else max(self.silence_from, self.paused_until - A_DAY)

    def is_paused_on(self, day: date) -> bool:
        """Whether the patient has put the plan aside for this day."""
        return self.paused_until is not None and day < self.paused_until

    def to_json(self) -> dict:
        """The state as plain JSON values."""
        from recovery.rules.state_json import state_to_json

        return state_to_json(self)

    @classmethod
    def from_json(cls, document: Mapping) -> "State":
        """Rebuild a state from `to_json`; raises ValueError for another version."""
        from recovery.rules.state_json import state_from_json

        return state_from_json(document)


_NAMES = frozenset(field.name for field in fields(State))


def changed(state: State, **values: object) -> State:
    """The state with some fields changed; like `dataclasses.replace`, at a tenth of its cost."""
    if not values.keys() <= _NAMES:
        raise TypeError(f"a state has no {', '.join(sorted(values.keys() - _NAMES))}")
    other = object.__new__(State)
    vars(other).update(vars(state))
    vars(other).update(values)
    return other
