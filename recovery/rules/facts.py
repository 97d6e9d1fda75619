"""What the rules are told: small frozen facts that refuse nonsense when they are built."""

from dataclasses import dataclass
from datetime import date

from recovery.rules.checks import InvalidFact, a_day, codes, one_of, some_text, whole, yes_or_no
from recovery.rules.red_flags import CAUTIONS, TICKABLE
from recovery.rules.tightenable import SAFER

__all__ = [
    "PHASES",
    "RUN_LEVELS",
    "CheckInFact",
    "ClearanceFact",
    "DayFacts",
    "IntakeFact",
    "InvalidFact",
    "OverrideFact",
    "PauseFact",
    "SessionFact",
    "StartFact",
    "TighteningFact",
]

PHASES = ("rest", "heat_cold", "gentle_stretching", "low_impact", "return_to_running", "prevention")
RUN_LEVELS = tuple(f"R{number}" for number in range(1, 11))
SESSION_STATUSES = ("none", "done", "part", "skipped")
MEDICINES = ("none", "otc", "prescribed")
RUNNING_PHASE = "return_to_running"
Ladder = tuple[tuple[str, int | float], ...]


@dataclass(frozen=True, slots=True)
class SessionFact:
    """The day's exercise session: how far it went and the highest back pain (0-10) during it."""

    status: str = "none"
    pain: int | None = None
    stopped: bool = False
    brisk_walk: bool = False

    def __post_init__(self) -> None:
        one_of("session.status", self.status, SESSION_STATUSES)
        yes_or_no("session.stopped", self.stopped)
        yes_or_no("session.brisk_walk", self.brisk_walk)
        if self.took_place:
            whole("session.pain", self.pain, 0, 10)
        elif self.pain is not None:
            raise InvalidFact("session.pain", "must be empty unless the session is done or part")
        elif self.stopped or self.brisk_walk:
            name = "stopped" if self.stopped else "brisk_walk"
            raise InvalidFact(f"session.{name}", "must be false unless the session is done or part")

    @property
    def took_place(self) -> bool:
        """Whether any of the session was done."""
        return self.status in ("done", "part")


NO_SESSION = SessionFact()


@dataclass(frozen=True, slots=True)
class CheckInFact:
    """One local day's answers; all scores are 0-10 and higher is worse, except confidence and mood."""

    day: date
    average: int
    worst: int
    morning: int
    function: int
    session: SessionFact = NO_SESSION
    medicine: str = "none"
    woken: bool = False
    yesterday_morning: int | None = None
    red_flags: tuple[str, ...] = ()
    confidence: int | None = None
    mood: int | None = None

    def __post_init__(self) -> None:
        a_day("day", self.day)
        for name in ("average", "worst", "morning", "function"):
            whole(name, getattr(self, name), 0, 10)
        if self.worst < self.average:
            raise InvalidFact("worst", f"must be a whole number from {self.average} (the average) to 10")
        if not isinstance(self.session, SessionFact):
            raise InvalidFact("session", "must be a session")
        one_of("medicine", self.medicine, MEDICINES)
        yes_or_no("woken", self.woken)
        for name in ("yesterday_morning", "confidence", "mood"):
            whole(name, getattr(self, name), 0, 10, optional=True)
        codes("red_flags", self.red_flags, TICKABLE)


@dataclass(frozen=True, slots=True)
class IntakeFact:
    """What the patient told us when the plan started (or started again)."""

    started_on: date
    onset_on: date
    last_run_on: date | None
    age: int
    first_episode: bool
    average: int
    red_flags: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        a_day("started_on", self.started_on)
        a_day("onset_on", self.onset_on)
        a_day("last_run_on", self.last_run_on, optional=True)
        if self.onset_on > self.started_on:
            raise InvalidFact("onset_on", f"must be a day up to {self.started_on} (started_on)")
        if self.last_run_on is not None and self.last_run_on > self.started_on:
            raise InvalidFact("last_run_on", f"must be a day up to {self.started_on} (started_on)")
        whole("age", self.age, 16, 120)
        yes_or_no("first_episode", self.first_episode)
        whole("average", self.average, 0, 10)
        codes("red_flags", self.red_flags, TICKABLE)
        codes("cautions", self.cautions, CAUTIONS)


@dataclass(frozen=True, slots=True)
class StartFact:
    """Puts the first day in a given phase instead of asking the entry rule (imports, tests, trials)."""

    phase: str
    run_level: str | None = None
    baseline: int | float | None = None
    recovered: bool = False

    def __post_init__(self) -> None:
        _place(self.phase, self.run_level)
        yes_or_no("recovered", self.recovered)
        if self.baseline is None:
            return
        if type(self.baseline) not in (int, float) or not 0 <= self.baseline <= 10:
            raise InvalidFact("baseline", "must be a number from 0 to 10 or nothing")


@dataclass(frozen=True, slots=True)
class ClearanceFact:
    """A professional has looked at the red flag; `by` is the kind of professional.

    `overtaken` says whether another sign was told later the same day, which nobody has looked at; None when the
    order is not known.
    """

    day: date
    by: str
    overtaken: bool | None = None

    def __post_init__(self) -> None:
        a_day("day", self.day)
        some_text("by", self.by)
        yes_or_no("overtaken", self.overtaken, optional=True)


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """A clinician's departure from the rules; it lapses by itself after `until`."""

    day: date
    phase: str
    run_level: str | None
    until: date

    def __post_init__(self) -> None:
        a_day("day", self.day)
        a_day("until", self.until)
        if self.until < self.day:
            raise InvalidFact("until", f"must be a day from {self.day} (day) on")
        _place(self.phase, self.run_level)


@dataclass(frozen=True, slots=True)
class PauseFact:
    """The patient does nothing routine from this day on; `until` is the first day that counts again."""

    day: date
    until: date

    def __post_init__(self) -> None:
        a_day("day", self.day)
        a_day("until", self.until)
        if self.until <= self.day:
            raise InvalidFact("until", f"must be a day after {self.day} (day)")


@dataclass(frozen=True, slots=True)
class TighteningFact:
    """A stricter limit for one patient, in one phase; it lapses by itself after `until`.

    `leads_to` names the phase a step back leads to, since a phase may have several.
    """

    day: date
    phase: str
    condition: str
    parameter: str
    limit: int
    until: date
    leads_to: str | None = None

    def __post_init__(self) -> None:
        a_day("day", self.day)
        a_day("until", self.until)
        if self.until < self.day:
            raise InvalidFact("until", f"must be a day from {self.day} (day) on")
        one_of("phase", self.phase, PHASES)
        one_of("condition", self.condition, tuple(SAFER))
        one_of("parameter", self.parameter, tuple(SAFER[self.condition]))
        whole("limit", self.limit, 0, 28)
        if self.leads_to is not None:
            one_of("leads_to", self.leads_to, PHASES)

    @property
    def place(self) -> tuple[str, str, str, str | None]:
        """Which number of the plan it is about."""
        return self.phase, self.condition, self.parameter, self.leads_to


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Everything that became known on one local day; most days hold a check-in or nothing at all.

    `plan_moved` says that another plan version decides from this day on; `left_levels` are the run levels of the
    version before it, each with its minutes of running.
    """

    day: date
    check_in: CheckInFact | None = None
    amendments: tuple[CheckInFact, ...] = ()
    clearance: ClearanceFact | None = None
    override: OverrideFact | None = None
    override_withdrawn: bool = False
    readiness_passed: bool | None = None
    review: bool = False
    intake: IntakeFact | None = None
    tolerant_gate: bool | None = None
    plan_moved: bool = False
    pause: PauseFact | None = None
    pause_ended: bool = False
    tightenings: tuple[TighteningFact, ...] = ()
    tightenings_ended: tuple[TighteningFact, ...] = ()
    left_levels: Ladder = ()

    def __post_init__(self) -> None:
        a_day("day", self.day)
        if self.check_in is not None and self.check_in.day != self.day:
            raise InvalidFact("check_in.day", f"must be {self.day}")
        if any(amended.day >= self.day for amended in self.amendments):
            raise InvalidFact("amendments", f"must be about days before {self.day}")
        for name in ("override_withdrawn", "review", "plan_moved", "pause_ended"):
            yes_or_no(name, getattr(self, name))
        for name in ("readiness_passed", "tolerant_gate"):
            yes_or_no(name, getattr(self, name), optional=True)

    @property
    def eventful(self) -> bool:
        """Whether anything but a check-in became known."""
        events = (self.amendments, self.clearance, self.override, self.intake, self.override_withdrawn, self.pause)
        limits = (self.tightenings, self.tightenings_ended)
        marks = (
            self.review,
            self.plan_moved,
            self.pause_ended,
            self.readiness_passed is not None,
            self.tolerant_gate is not None,
        )
        return any(events) or any(marks) or any(limits)


def _place(phase: object, run_level: object) -> None:
    """Refuse an unknown phase, and a run level anywhere but in return to running."""
    one_of("phase", phase, PHASES)
    if phase == RUNNING_PHASE:
        one_of("run_level", run_level, RUN_LEVELS)
    elif run_level is not None:
        raise InvalidFact("run_level", f"must be empty unless the phase is {RUNNING_PHASE}")
