"""What a day's decision looks like: an outcome, the rule that decided, and every finding."""

from dataclasses import dataclass, field
from datetime import date

OUTCOMES = (
    "advance",
    "hold",
    "step_back",
    "level_up",
    "level_down",
    "stop",
    "stopped",
    "reintake",
    "no_check_in",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found; figures it read, limits it compared (all JSON values)."""

    rule: str
    verdict: str  # decides | met | unmet | noted
    figures: dict = field(default_factory=dict)
    limits: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayDecision:
    """The one decision of a day; phase and run level are those after it.

    `withheld` names the notices of the day which are logged but not pushed (E6 soon after E1-E3).
    """

    day: date
    outcome: str
    phase: str
    run_level: str | None
    from_phase: str
    from_run_level: str | None
    rule: str
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    checked_in: bool
    withheld: tuple[str, ...] = ()
