"""Who may answer the starting questions now, and what is known from the last time."""

from datetime import date

from recovery.models import Episode

from .activities import state_of


def may_answer(episode: Episode | None, today: date) -> bool:
    """A first time always; again when the plan waits for it, after a long break or a clearance."""
    if episode is None:
        return True
    if episode.is_stopped or episode.intakes.filter(day=today).exists():
        return False
    state = state_of(episode)
    return episode.awaiting_intake or bool(state and state.awaiting_entry)


def known_from(episode: Episode | None) -> dict:
    """Facts that do not change between two intakes; how it is now is always asked afresh."""
    last = episode.intakes.order_by("-day", "-pk").first() if episode else None
    if last is None:
        return {}
    first_time = "yes" if last.first_episode else "no"
    return {"onset_on": last.onset_on, "last_run_on": last.last_run_on, "age": last.age, "first_episode": first_time}
