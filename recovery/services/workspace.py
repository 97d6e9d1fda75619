"""What a clinician arranges for themselves: whom they look after, and the views they come back to."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from recovery.models import Care, Episode, SavedView

from .refusals import Refused

MOST_VIEWS = 20


@transaction.atomic
def begin_care(episode: Episode, clinician, now: datetime) -> Care:
    """This clinician looks after the episode from now on; saying so twice changes nothing."""
    User.objects.select_for_update().get(pk=clinician.pk)  # the second of two taps waits for the first
    row, _ = Care.objects.current().get_or_create(episode=episode, clinician=clinician, defaults={"begun_at": now})
    return row


def end_care(episode: Episode, clinician, now: datetime) -> int:
    """This clinician no longer looks after the episode; returns how many spells ended."""
    return Care.objects.current().filter(episode=episode, clinician=clinician).update(ended_at=now)


@transaction.atomic
def save_view(owner, name: str, query: str, now: datetime) -> SavedView:
    """Keeps a way of narrowing the panel under a name; the same name again takes its place."""
    User.objects.select_for_update().get(pk=owner.pk)
    views = SavedView.objects.filter(owner=owner)
    if not views.filter(name=name).exists() and views.count() >= MOST_VIEWS:
        raise Refused("too_many_views", "name", count=MOST_VIEWS)
    values = {"query": query, "saved_at": now}
    return SavedView.objects.update_or_create(owner=owner, name=name, defaults=values)[0]


def forget_view(view: SavedView) -> None:
    """Removes a saved view; it says nothing about any patient."""
    view.delete()
