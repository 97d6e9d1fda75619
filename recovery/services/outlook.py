"""What would move a patient on, from where they stand today."""

from datetime import date

from recovery.models import Episode
from recovery.rules.forecast import Forecast, forecast
from recovery.rules.state import State

from .events import intake_fact
from .plan_specs import spec_of


def outlook(episode: Episode, today: date) -> Forecast:
    """The criteria of the current phase with today's figures, and the soonest days that would meet them."""
    intake = intake_fact(episode.intakes.order_by("day", "pk").first())
    return forecast(spec_of(episode.plan_version_id), intake, State.from_json(episode.state), today)
