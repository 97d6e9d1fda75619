"""Every list starts from the person asking."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from accounts.access import note_shown
from recovery.models import Episode
from recovery.services.reading import patients_of

from .base import asked_for, one_of

EPISODE = OpenApiParameter("episode", OpenApiTypes.UUID, description="Only of this episode.")


def episodes_of(person):
    """A patient's own episodes; for a clinician those of patients who share with their clinics now."""
    if person.is_patient:
        return Episode.objects.of(person)
    return Episode.objects.visible_to(person)


def note_episodes(request, episodes) -> None:
    """Says whose episodes an answer shows, by their ids; a patient's own need no note."""
    if not request.user.is_patient:
        note_shown(request, patients_of(episodes))


def in_asked_episode(request, rows):
    """The rows of episodes this person may see, or of the one they ask for."""
    episodes = episodes_of(request.user)
    asked = asked_for(request, "episode")
    if asked is None:
        return rows.filter(episode__in=episodes)
    return rows.filter(episode=one_of(episodes, pk=asked).pk)
