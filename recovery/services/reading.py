"""Whose data a list of rows shows."""

from collections.abc import Iterable
from uuid import UUID

from recovery.models import Episode


def patients_of(episodes: Iterable[UUID]) -> set[UUID]:
    """The patients these episodes belong to."""
    return set(Episode.objects.filter(pk__in=set(episodes)).values_list("patient_id", flat=True))
