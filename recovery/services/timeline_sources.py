"""Where the timeline's entries lie: one table each, found by the person asking, and read again by their keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from recovery.models import Acknowledgement, Ending, PrivateNote, Resolution, Thread, ThreadMessage


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of entry: its rows about an episode for a reader, the column that dates them, what a page needs."""

    kind: str
    rows: Callable[[Any, Any], QuerySet]
    at: str
    related: tuple[str, ...] = ()
    with_rows: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def load(self, episode, reader, keys: list) -> dict:
        """The rows of these keys with everything their words need, in a constant number of queries."""
        rows = self.rows(episode, reader).select_related(*self.related).prefetch_related(*self.with_rows)
        return rows.defer(*self.unread).in_bulk(keys)


def _messages(episode, reader) -> QuerySet:
    threads = Thread.objects.visible_to(reader).filter(patient=episode.patient_id)
    return ThreadMessage.objects.filter(thread__in=threads, sent_at__gte=episode.opened_at)


def _acknowledgements(episode, reader) -> QuerySet:
    return Acknowledgement.objects.filter(escalation__episode=episode)


def _resolutions(episode, reader) -> QuerySet:
    return Resolution.objects.filter(escalation__episode=episode)


def _endings(episode, reader) -> QuerySet:
    return Ending.objects.filter(episode=episode)


def _notes(episode, reader) -> QuerySet:
    return PrivateNote.objects.visible_to(reader).filter(episode=episode)


SOURCES = (
    Source("intake", lambda episode, reader: episode.intakes.all(), "recorded_at"),
    Source("check_in", lambda episode, reader: episode.check_ins.filter(revision=1), "received_at"),
    Source("correction", lambda episode, reader: episode.check_ins.filter(revision__gt=1), "received_at"),
    Source(
        "decision",
        lambda episode, reader: episode.decisions.all(),
        "decided_at",
        with_rows=("findings",),
        unread=("state_after",),
    ),
    Source("notice", lambda episode, reader: episode.escalations.all(), "raised_at", ("taken_by",)),
    Source("taken", _acknowledgements, "made_at", ("made_by", "escalation")),
    Source("closed", _resolutions, "made_at", ("made_by", "escalation")),
    Source("sent", lambda episode, reader: episode.messages.all(), "created_at", ("recipient",), ("deliveries",)),
    Source("override", lambda episode, reader: episode.overrides.all(), "made_at", ("made_by", "withdrawn_by")),
    Source("limit", lambda episode, reader: episode.tightenings.all(), "made_at", ("made_by", "withdrawn_by")),
    Source("pause", lambda episode, reader: episode.pauses.all(), "made_at", ("made_by",)),
    Source("referral", lambda episode, reader: episode.referrals.all(), "made_at", ("made_by",)),
    Source("ending", _endings, "made_at", ("made_by", "episode")),
    Source("clearance", lambda episode, reader: episode.clearances.all(), "recorded_at", ("recorded_by",)),
    Source("gate", lambda episode, reader: episode.gate_decisions.all(), "made_at", ("made_by",)),
    Source("readiness", lambda episode, reader: episode.readiness_checks.all(), "recorded_at"),
    Source("session", lambda episode, reader: episode.session_logs.all(), "recorded_at"),
    Source("message", _messages, "sent_at", ("author", "thread__clinic"), ("thread__read_marks",)),
    Source("note", _notes, "written_at", ("author",)),
)
"""In the order in which entries of one instant are read."""

KINDS = tuple(source.kind for source in SOURCES)
