"""Episodes as plain values."""

from datetime import date, datetime

from recovery.models import Clearance, Episode, Override
from recovery.rules.reminders import local_day
from recovery.services.episodes import standing_override
from recovery.services.outlook import outlook

from .exercises import NOTHING_TODAY, today_json
from .people import person_json

AS_STORED = (
    "id",
    "onset_on",
    "started_on",
    "opened_at",
    "closed_at",
    "close_reason",
    "phase",
    "phase_entered_on",
    "stopped_on",
    "awaiting_intake",
    "last_check_in_on",
)


def episode_json(episode: Episode, now: datetime) -> dict:
    """Where an episode stands; needs its patient and plan version at hand."""
    last_day = local_day(episode.closed_at or now, episode.patient.zone)
    return {
        **{name: getattr(episode, name) for name in AS_STORED},
        "patient": person_json(episode.patient),
        "plan": episode.plan_version.plan.key,
        "plan_version": episode.plan_version.number,
        "day_in_phase": max(1, episode.day_in_phase(last_day)),
        "run_level": episode.run_level or None,
        "stopped": episode.is_stopped,
    }


def current_json(episode: Episode, now: datetime) -> dict:
    """An open episode with what there is to do today and what would move it on."""
    today = local_day(now, episode.patient.zone)
    goes_on = not (episode.is_stopped or episode.awaiting_intake)
    return {
        **episode_json(episode, now),
        "today": today,
        **(today_json(episode, today) if goes_on else NOTHING_TODAY),
        "override": override_json(standing_override(episode, today)),
        "outlook": _outlook(episode, today) if goes_on else None,
    }


def override_json(row: Override | None) -> dict | None:
    """A clinician's departure, or nothing."""
    if row is None:
        return None
    names = ("phase", "reason", "starts_on", "expires_on", "withdrawn_on")
    return {**{name: getattr(row, name) for name in names}, "run_level": row.run_level or None}


def clearance_json(row: Clearance) -> dict:
    """Who looked at the warning sign, and when."""
    names = ("day", "assessed_on", "profession", "note", "recorded_at")
    return {**{name: getattr(row, name) for name in names}, "recorded_by": person_json(row.recorded_by)}


def _outlook(episode: Episode, today: date) -> dict:
    forecast = outlook(episode, today)
    names = ("rule", "verdict", "figures", "limits")
    return {
        "criteria": [{name: getattr(item, name) for name in names} for item in forecast.criteria],
        "earliest": forecast.earliest,
        "blocked_by": forecast.blocked_by,
    }
