"""Noticing that a patient has gone quiet."""

from datetime import datetime, timedelta

from django.db import transaction

from recovery.models import Episode
from recovery.rules.reminders import local_day

from . import escalations, reminders
from .folding import judge
from .one_by_one import each_on_its_own


def watch(now: datetime, limit: int = 100) -> int:
    """Judges the silent days of every episode whose next step has come; returns how many were judged."""
    due = Episode.objects.open().filter(silence_due_at__lte=now).order_by("silence_due_at")
    return each_on_its_own(_note, list(due.values_list("pk", flat=True)[:limit]), now)


@transaction.atomic
def _note(pk, now: datetime) -> int:
    episode = Episode.objects.select_for_update(of=("self",)).select_related("patient").get(pk=pk)
    if episode.silence_due_at is None or episode.silence_due_at > now:
        return 0
    last_full_day = local_day(now - timedelta(hours=8), episode.patient.zone) - timedelta(days=1)
    since = (episode.folded_through or episode.started_on) + timedelta(days=1)
    decisions = judge(episode, since, now, through=last_full_day)
    escalations.raise_for(episode, decisions, now)
    episode.silence_due_at = reminders.silence_due_at(episode, after=last_full_day)
    episode.save(update_fields=["silence_due_at", "shown_through"])
    return 1
