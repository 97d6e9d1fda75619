"""What a clinician did today, so that a list of tasks can show that it grows shorter."""

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any

from recovery.models import (
    Acknowledgement,
    Care,
    Clearance,
    Episode,
    FollowUp,
    GateDecision,
    Override,
    Resolution,
    ThreadMessage,
)

from .agenda_task import Task, task

# Which rows say that a task of a kind was done: by whom, when, and the way to the episode.
WITNESSES: tuple[tuple[str, type[Any], str, str, str], ...] = (
    ("escalation", Acknowledgement, "made_by", "made_at", "escalation__episode"),
    ("taken", Resolution, "made_by", "made_at", "escalation__episode"),
    ("clearance", Clearance, "recorded_by", "recorded_at", "episode"),
    ("override", Override, "made_by", "made_at", "episode"),
    ("ready", GateDecision, "made_by", "made_at", "episode"),
    ("new", Care, "clinician", "begun_at", "episode"),
    ("follow_up", FollowUp, "owner", "done_at", "episode"),
)


def done_since(clinician, since: datetime) -> list[Task]:
    """What this clinician did for patients they may still see, the latest first."""
    found = [each for witness in WITNESSES for each in _done(clinician, since, *witness)]
    found += _answered(clinician, since)
    return sorted(found, key=lambda each: str(each.at), reverse=True)


def _done(clinician, since: datetime, kind: str, model: type[Any], by: str, at: str, way: str) -> Iterator[Task]:
    visible = Episode.objects.visible_to(clinician)
    rows = model._default_manager.filter(**{by: clinician, f"{at}__gte": since, f"{way}__in": visible})
    episode_of = attrgetter(way.replace("__", "."))
    for row in rows.select_related(f"{way}__patient"):
        yield task(kind, episode_of(row), getattr(row, at), row)


def _answered(clinician, since: datetime) -> list[Task]:
    """One for each conversation, however many messages were written in it."""
    written = ThreadMessage.objects.filter(author=clinician, sent_at__gte=since).order_by("sent_at")
    last = {row.thread.patient_id: row.sent_at for row in written.select_related("thread")}
    if not last:
        return []
    episodes = Episode.objects.visible_to(clinician).filter(patient__in=last).order_by("opened_at")
    newest = {row.patient_id: row for row in episodes.select_related("patient").defer("state")}
    return [task("reply", episode, last[patient]) for patient, episode in newest.items()]
