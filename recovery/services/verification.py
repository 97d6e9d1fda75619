"""Proves that what is stored is what the rules say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recovery.models import Decision, Episode

from .folding import COMPARED, recompute


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored decision that the rules would make differently today."""

    episode: Episode
    day: date
    field: str
    stored: object
    computed: object


def differences(episode: Episode) -> Iterator[Difference]:
    """Every field of every standing decision, and of the episode's own cache, that the rules disagree with."""
    stored = {row.day: row for row in Decision.objects.standing().filter(episode=episode)}
    computed = {item.decision.day: item for item in recompute(episode, max(stored, default=None))}
    for day in sorted(stored.keys() | computed.keys()):
        yield from _compare(episode, day, stored.get(day), computed.get(day))
    last = max((item.state for item in computed.values() if item.state), key=lambda s: s.day, default=None)
    if last is not None and episode.state != last.to_json():
        yield Difference(episode, last.day, "episode.state", episode.state, last.to_json())


def _compare(episode, day, row, item):
    if row is None or item is None:
        missing = "stored" if row is None else "computed"
        yield Difference(episode, day, f"{missing} decision", row, item and item.decision.outcome)
        return
    decision = item.decision
    expected = {
        "run_level": decision.run_level or "",
        "from_run_level": decision.from_run_level or "",
        "notices": list(decision.notices),
        "state_after": item.state.to_json() if item.state else {},
    }
    if row.plan_version_id != item.version_id:
        yield Difference(episode, day, "plan_version", row.plan_version_id, item.version_id)
    for name in COMPARED:
        value = expected[name] if name in expected else getattr(decision, name)
        if getattr(row, name) != value:
            yield Difference(episode, day, name, getattr(row, name), value)
