"""Inviting a patient to a clinic: the invitation and its e-mail are written together."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import Invitation
from accounts.services import limits
from accounts.services.invitations import LASTS
from accounts.services.invitations import invite as make_invitation
from recovery.models import OutboxMessage

from . import outbox
from .refusals import Refused

MOST = limits.Rate(
    100, 3600
)  # invitations of one person: enough for a clinic's first day, too few for a flood of letters


@transaction.atomic
def invite(clinic, email: str, invited_by, now: datetime, plan_key: str = "") -> Invitation:
    """Makes an invitation and the message that carries its link, the same whether or not the address is known here.

    Raises Refused when this person has sent very many lately.
    """
    if not limits.take(f"invitations:{invited_by.pk}", MOST, now):
        raise Refused("too_many_invitations")
    invitation, token = make_invitation(clinic, email, invited_by, now, plan_key)
    message = outbox.message(
        f"invitation:{invitation.pk}",
        "invitation",
        now,
        address=invitation.email,
        priority=OutboxMessage.Priority.ACCOUNT,
        not_after=now + LASTS,
        context={"path": reverse("accounts:invitation", args=[token])},
    )
    outbox.write([message])
    return invitation
