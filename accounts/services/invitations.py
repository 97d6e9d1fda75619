"""A clinic invites a patient; the patient accepts, or lets it lapse."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from ..models import Clinic, Consent, Invitation, User
from ..models.fields import no_earlier_than
from .consent import SHARING_TEXT_VERSION, give_consent
from .secrets import digest, new_secret

LASTS = timedelta(days=14)


class Refusal(StrEnum):
    """Why an invitation cannot be accepted; the words for each are in templates/accounts/refusals."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    WITHDRAWN = "withdrawn"
    NOT_A_PATIENT = "not_a_patient"
    OTHER_ADDRESS = "other_address"


class InvitationRefused(Exception):
    """This invitation does not open anything for this person now."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.value)
        self.refusal = refusal


@transaction.atomic
def invite(clinic: Clinic, email: str, invited_by: User, now: datetime, plan_key: str = "") -> tuple[Invitation, str]:
    """Makes an invitation and its token, the same whether or not anybody has this address.

    `plan_key` names the plan to begin with; nothing stands for the default one. A newer invitation to the same
    address takes the place of an unanswered one. The caller sends the token.
    """
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    Invitation.objects.unanswered().filter(clinic=clinic, email=email).update(
        withdrawn_at=no_earlier_than("created_at", now)
    )
    token = new_secret()
    invitation = Invitation.objects.create(
        clinic=clinic,
        email=email,
        digest=digest(token),
        invited_by=invited_by,
        created_at=now,
        expires_at=now + LASTS,
        plan_key=plan_key,
    )
    return invitation, token


def find(token: str) -> Invitation:
    """The invitation a token belongs to; refuses a token nobody was sent."""
    invitation = Invitation.objects.select_related("clinic").filter(digest=digest(token)).first()
    if invitation is None:
        raise InvitationRefused(Refusal.UNKNOWN)
    return invitation


def check_open(invitation: Invitation, now: datetime) -> None:
    """Refuses an invitation that was used, withdrawn or has run out."""
    if invitation.accepted_at:
        raise InvitationRefused(Refusal.USED)
    if invitation.withdrawn_at:
        raise InvitationRefused(Refusal.WITHDRAWN)
    if invitation.expires_at <= now:
        raise InvitationRefused(Refusal.EXPIRED)


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether it was sent to the address this person signs in with."""
    return invitation.email == user.email


@transaction.atomic
def accept(
    token: str,
    user: User,
    now: datetime,
    text_version: str = SHARING_TEXT_VERSION,
    is_confirmed: bool = False,
) -> Consent:
    """Turns an invitation into a consent, once.

    A patient whose address is not the invited one has to confirm that the invitation is theirs.
    Accepting again gives the same consent; raises InvitationRefused otherwise.
    """
    invitation = find(token)
    if consent := standing_consent(invitation, user):
        return consent
    check_open(invitation, now)
    if not user.is_patient:
        raise InvitationRefused(Refusal.NOT_A_PATIENT)
    if not (is_confirmed or is_for(invitation, user)):
        raise InvitationRefused(Refusal.OTHER_ADDRESS)
    # Two people may hold the same link: the row count names the one who was first.
    if (
        not Invitation.objects.open(now)
        .filter(pk=invitation.pk)
        .update(accepted_at=no_earlier_than("created_at", now), accepted_by=user)
    ):
        raise InvitationRefused(Refusal.USED)
    return give_consent(user, invitation.clinic, now, text_version)


def standing_consent(invitation: Invitation, user: User) -> Consent | None:
    """The consent this person gave through this invitation, if it still stands."""
    if invitation.accepted_by_id != user.pk:
        return None
    return Consent.objects.active().of(user).sharing_with(invitation.clinic).first()


@transaction.atomic
def withdraw(invitation: Invitation, now: datetime) -> bool:
    """Takes back an unanswered invitation; False when it was answered or taken back before."""
    return bool(
        Invitation.objects.unanswered().filter(pk=invitation.pk).update(withdrawn_at=no_earlier_than("created_at", now))
    )
