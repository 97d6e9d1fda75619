"""What a correction changed: what the day was judged before, what it is now, and which days after it followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recovery.models import CheckIn, Decision, Episode
from recovery.web import rule_words

from .place import phase_title

SCORES = ("average", "worst", "morning", "function", "session_pain")
OTHERS = ("session_status", "session_stopped", "brisk_walk", "medicine", "woken", "yesterday_morning", "red_flags")
JUDGED = ("outcome", "rule", "phase", "run_level")


@dataclass(frozen=True, slots=True)
class Was:
    """The judgement that no longer stands, in a sentence and its place."""

    outcome: str
    headline: str
    title: str


@dataclass(frozen=True, slots=True)
class JudgedAgain:
    """A day that was judged again; `was` is nothing when it came to the same."""

    at: datetime
    is_own: bool
    changes: Sequence[tuple[str, int, int]]
    has_other_changes: bool
    was: Was | None
    later: Sequence[date]


def judged_again(episode: Episode, decision: Decision) -> JudgedAgain | None:
    """Why this day stands judged as it is; None when nothing was ever corrected."""
    own = _correction(episode, decision.day)
    before = decision.supersedes
    if own is None and before is None:
        return None
    corrected_at = own.received_at if own else decision.decided_at
    is_new = before is not None and decision.decided_at >= corrected_at and _differs(before, decision)
    return JudgedAgain(
        at=corrected_at,
        is_own=own is not None,
        changes=_changes(own),
        has_other_changes=own is not None and any(_was(own, name) != getattr(own, name) for name in OTHERS),
        was=_as_it_was(before) if before is not None and is_new else None,
        later=_later(episode, decision.day, corrected_at),
    )


def _correction(episode: Episode, day: date) -> CheckIn | None:
    """The answers that stand, when others stood before them and the day itself was judged by them."""
    rows = CheckIn.objects.standing().filter(episode=episode, day=day, known_on=day, revision__gt=1)
    return rows.select_related("supersedes").first()


def _was(own: CheckIn, name: str):
    return getattr(own.supersedes, name)


def _changes(own: CheckIn | None) -> list[tuple[str, int, int]]:
    """The scores that are others now: which, from, to."""
    if own is None:
        return []
    pairs = [(name, _was(own, name), getattr(own, name)) for name in SCORES]
    return [(name, old, new) for name, old, new in pairs if old != new and None not in (old, new)]


def _differs(before: Decision, now: Decision) -> bool:
    return any(getattr(before, name) != getattr(now, name) for name in JUDGED)


def _as_it_was(before: Decision) -> Was:
    why = before.findings.filter(verdict="decides").first()
    headline = rule_words.of_finding(why, "headline") if why else ""
    return Was(before.outcome, headline, phase_title(before.phase))


def _later(episode: Episode, day: date, corrected_at: datetime) -> list[date]:
    """The days after it that were judged otherwise because of the same correction."""
    rows = Decision.objects.standing().filter(
        episode=episode, day__gt=day, supersedes__isnull=False, decided_at=corrected_at
    )
    return [row.day for row in rows.select_related("supersedes").order_by("day") if _differs(row.supersedes, row)]
