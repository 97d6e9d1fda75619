"""What to do today, as every door tells it."""

from recovery.services.activities import (
    IMPACT_KINDS,
    Activity,
    RunSession,
    activities_of,
    is_off_for_today,
    run_session,
    running_is_off,
    state_of,
)

__all__ = [
    "IMPACT_KINDS",
    "Activity",
    "RunSession",
    "activities_of",
    "is_off_for_today",
    "run_session",
    "running_is_off",
    "state_of",
]
