"""Which warning signs of a decision a person must still be told about."""

from collections.abc import Iterable

from recovery.models import Decision, Episode, Escalation
from recovery.rules.red_flags import FLAGS

OFF = ("stop", "stopped")


def untold(episode: Episode, decision: Decision, raised: Iterable[Escalation]) -> tuple[str, ...]:
    """All signs of a new stop; of a stop that stands already, those that came on top.

    `raised` are the escalations about to be opened for earlier days.
    """
    if decision.outcome not in OFF:
        return ()
    known = set(signs_of(decision.supersedes)) if decision.supersedes else set()
    if decision.outcome == "stopped":
        known |= _told_since(episode, raised)
    return tuple(code for code in signs_of(decision) if code not in known)


def signs_of(decision: Decision) -> tuple[str, ...]:
    """The signs that keep the plan off after a decision."""
    if decision.outcome not in OFF:
        return ()
    found = (each.figures.get("flags", ()) for each in decision.findings.all() if "flags" in each.figures)
    return tuple(next(found, ()))


def _told_since(episode: Episode, raised: Iterable[Escalation]) -> set[str]:
    """Signs somebody was told about since the plan went off."""
    told = episode.escalations.filter(code__in=FLAGS)
    if episode.stopped_on is not None:
        told = told.filter(day__gte=episode.stopped_on)
    return {code for row in (*told, *raised) for code in row.figures.get("flags", ())}
