"""Unlocking the tolerant limits of the run gate for one patient, and locking them again."""

from datetime import datetime

from django.db import transaction

from recovery.models import Episode, GateDecision

from .episodes import day_of, judge_event
from .refusals import Refused


def standing(episode: Episode) -> GateDecision | None:
    """The last decision about the gate, if anybody has made one."""
    return GateDecision.objects.filter(episode=episode).select_related("made_by").last()


@transaction.atomic
def decide(episode_id, is_tolerant: bool, reason: str, made_by, now: datetime) -> GateDecision:
    """Lets the tolerant limits count from today, or no longer; the rules still ask everything else."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    if not episode.is_open:
        raise Refused("episode_has_ended")
    if not reason.strip():
        raise Refused("gate_reason_missing", "reason")
    last = standing(episode)
    if is_tolerant == bool(last and last.is_tolerant):
        raise Refused("gate_is_open" if is_tolerant else "gate_is_shut")
    today = day_of(episode, now)
    row = GateDecision.objects.create(
        episode=episode, day=today, is_tolerant=is_tolerant, reason=reason.strip(), made_by=made_by, made_at=now
    )
    judge_event(episode, today, now)
    return row
