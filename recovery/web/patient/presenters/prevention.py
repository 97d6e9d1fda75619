"""Staying well: the week's form cue, the next check-in, how far the next run may go, and both sides compared."""

from dataclasses import dataclass
from datetime import date, timedelta

from recovery.models import Episode
from recovery.rules.facts import PHASES
from recovery.services import rhythm
from recovery.services.plan_specs import spec_of

from .activities import state_of

PREVENTION = PHASES[-1]
CUES = ("eyes", "spine", "shoulders", "hands", "feet", "step_rate")
WEEK = 7
SYMMETRY_WEEKS = 4
EXPLAINED, TOO_FAR = 1.3, 2.0  # times the longest run: say why, and no longer call it planned


@dataclass(frozen=True, slots=True)
class Load:
    """A planned run beside the longest one; `verdict` is within, above, far or never, or nothing without a plan."""

    longest: float
    most: float
    planned: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class PreventionPage:
    """Everything the page shows."""

    week: int
    cue: str
    next_check_in: date
    is_daily: bool
    daily_until: date | None
    halved_until: date | None
    cap_percent: int
    cap_days: int
    flare_average: int
    flare_days: int
    checks_sides: bool
    next_sides: date


def prevention_page(episode: Episode, today: date) -> PreventionPage:
    """Where the patient is in the weekly rhythm; the numbers are the plan's."""
    limits, state = spec_of(episode.plan_version_id).limits, state_of(episode)
    days = max(0, (today - episode.phase_entered_on).days)
    week = days // WEEK
    until = rhythm.daily_until(episode)
    is_daily = until is not None and today <= until
    return PreventionPage(
        week=week + 1,
        cue=CUES[week % len(CUES)],
        next_check_in=rhythm.next_check_in(episode, today),
        is_daily=is_daily,
        daily_until=until,
        halved_until=_halved_until(state, limits, today),
        cap_percent=round(limits["longest_run_cap"] * 100),
        cap_days=int(limits["longest_run_days"]),
        flare_average=int(limits["flare_average"]),
        flare_days=int(limits["flare_daily_days"]),
        checks_sides=week % SYMMETRY_WEEKS == 0,
        next_sides=episode.phase_entered_on + timedelta(weeks=(week // SYMMETRY_WEEKS + 1) * SYMMETRY_WEEKS),
    )


def load_of(longest: float, planned: float | None, cap: float) -> Load:
    """How a planned run compares with the longest of the last weeks; both in minutes, or both in km."""
    most = round(longest * cap, 1)
    if planned is None:
        return Load(longest, most, None, "")
    if planned <= most:
        return Load(longest, most, planned, "within")
    share = planned / longest
    return Load(longest, most, planned, "never" if share > TOO_FAR else "far" if share > EXPLAINED else "above")


def _halved_until(state, limits, today: date) -> date | None:
    """After a run that was too much, half the volume for some days."""
    if state is None or state.last_red_on is None:
        return None
    until = state.last_red_on + timedelta(days=limits["halved_volume_days"])
    return until if until >= today else None
