"""One thing to do for one patient, or one that was done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from recovery.models import Episode


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done for whom; `at` is since when or for when, `about` the row it comes from, if any.

    `kind` is one of escalation, reply, follow_up, taken, clearance, override, new, ready.
    """

    kind: str
    episode_id: UUID
    patient_id: UUID
    patient_name: str
    at: datetime | date | None
    about: Any = None


def task(kind: str, episode: Episode, at: datetime | date | None, about: Any = None) -> Task:
    """A task about an episode whose patient is at hand."""
    return Task(kind, episode.pk, episode.patient_id, episode.patient.name, at, about)
