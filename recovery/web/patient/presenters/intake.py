"""Who may answer the starting questions now, and what is known from the last time."""

from datetime import date

from recovery.models import Episode
from recovery.services import episodes


def may_answer(episode: Episode | None, today: date) -> bool:
    """A first time always; again when the plan waits for it, after a long break or a clearance."""
    return episode is None or episodes.restart_is_due(episode, today)


def known_from(episode: Episode | None) -> dict:
    """Facts that do not change between two intakes; how it is now is always asked afresh."""
    last = episode.intakes.order_by("-day", "-pk").first() if episode else None
    if last is None:
        return {}
    first_time = "yes" if last.first_episode else "no"
    return {"onset_on": last.onset_on, "last_run_on": last.last_run_on, "age": last.age, "first_episode": first_time}
