"""What would move a patient on, from where they stand today."""

from datetime import date, timedelta

from recovery.models import Episode
from recovery.rules.forecast import Forecast, forecast
from recovery.rules.state import State

from .folding import first_intake
from .plan_specs import spec_of


def outlook(episode: Episode, today: date) -> Forecast:
    """The criteria of the current phase with today's figures, and the soonest days that would meet them."""
    state = State.from_json(episode.state)
    day = max(today, state.day + timedelta(days=1))
    return forecast(spec_of(episode.plan_version_id), first_intake(episode), state, day)
