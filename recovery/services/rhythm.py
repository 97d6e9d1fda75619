"""How often a patient is asked: daily, or weekly once they are in the prevention phase."""

from datetime import date

from recovery.models import Episode
from recovery.rules.facts import PHASES
from recovery.rules.reminders import next_asked


def is_weekly(episode: Episode) -> bool:
    """Whether a check-in a week is enough; a flare asks daily for some days all the same."""
    return episode.phase == PHASES[-1] and not episode.is_stopped


def daily_until(episode: Episode) -> date | None:
    """The last day of the daily check-ins a flare brings."""
    value = episode.state.get("daily_until") if episode.state else None
    return date.fromisoformat(value) if value else None


def next_check_in(episode: Episode, today: date) -> date:
    """The day of the next check-in that is asked for; never one that has gone."""
    return next_asked(episode.last_check_in_on, today, is_weekly(episode), daily_until(episode))
