"""What a clinician wants to come back to: written with a day, ticked off, and put back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.models.fields import no_earlier_than
from recovery.models import Episode, FollowUp
from recovery.models.follow_up import LONGEST

from .refusals import Refused

FARTHEST = timedelta(days=366)
MOST = 200  # waiting, for one clinician


@transaction.atomic
def add(episode: Episode, owner, text: str, due_on: date, key: UUID, today: date, now: datetime) -> FollowUp:
    """Keeps what to do for a patient on a day; the same key again is the same follow-up. Raises Refused."""
    User.objects.select_for_update().get(pk=owner.pk)  # the second of two taps waits for the first
    if stored := FollowUp.objects.filter(owner=owner, key=key).first():
        return stored
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        raise Refused("follow_up_length", "text", most=LONGEST)
    if not today <= due_on <= today + FARTHEST:
        raise Refused("follow_up_day", "due_on", days=FARTHEST.days)
    if FollowUp.objects.filter(owner=owner).waiting().count() >= MOST:
        raise Refused("too_many_follow_ups", "text", count=MOST)
    return FollowUp.objects.create(episode=episode, owner=owner, key=key, text=text, due_on=due_on, made_at=now)


def finish(row: FollowUp, now: datetime) -> None:
    """It is done. Said twice, the first time counts."""
    FollowUp.objects.waiting().filter(pk=row.pk).update(done_at=no_earlier_than("made_at", now))


def reopen(row: FollowUp) -> None:
    """It was not done after all."""
    FollowUp.objects.filter(pk=row.pk).update(done_at=None)
