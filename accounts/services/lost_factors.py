"""Letting somebody in again who lost every second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from ..models import ApiToken, User
from . import audit

DOOR = "manage:forget_factors"


@transaction.atomic
def forget_factors(user: User, now: datetime) -> int:
    """Removes a person's factors, signs them out everywhere and ends their keys; returns how many factors went.

    They sign in with their password and set up a new factor before anything else opens.
    """
    gone, _ = Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    ApiToken.objects.active().filter(user=user).update(revoked_at=now)
    audit.record(audit.Action.ACTED, DOOR, user, now, details=f"{gone} factors")
    return gone
