"""Who answers for a clinic now: going on and off duty, handing over, and what the next one takes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Clinic, Consent, Membership, User
from accounts.services.clinics import set_duty
from recovery.models import Escalation, OutboxMessage

from . import outbox
from .refusals import Refused


@dataclass(frozen=True, slots=True)
class Team:
    """One clinic as its people see it: me, everybody who works there, and what nobody has closed."""

    clinic: Clinic
    me: Membership
    members: Sequence[Membership]
    open: Sequence[Escalation]

    @property
    def on_duty(self) -> list[Membership]:
        """Those who are told first; nobody means that everybody is."""
        return [member for member in self.members if member.on_duty]

    @property
    def colleagues(self) -> list[Membership]:
        """Those somebody can hand over to."""
        return [member for member in self.members if member.user_id != self.me.user_id and member.user.is_active]

    @property
    def i_lead(self) -> bool:
        """Whether I may say it for others too."""
        return self.me.role == Membership.Role.LEAD


def teams_of(clinician) -> list[Team]:
    """The clinics somebody works in, with the people who work there."""
    mine = Membership.objects.active().of(clinician).select_related("clinic").order_by("clinic__name", "pk")
    return [_team(me) for me in mine]


def open_at(clinic: Clinic) -> QuerySet[Escalation]:
    """What nobody has closed of the patients who share with a clinic, the oldest first; advice asks nobody."""
    sharing = Consent.objects.active().sharing_with(clinic)
    about = Escalation.objects.unresolved().exclude(urgency=Escalation.Urgency.ADVICE)
    return about.filter(episode__patient__in=sharing.values("patient")).order_by("raised_at", "pk")


@transaction.atomic
def change(actor, membership_id: int, is_on: bool, now: datetime) -> Membership:
    """Puts somebody on duty or takes them off: oneself, or anybody where one leads."""
    member = _changeable_by(actor, membership_id)
    if member.on_duty != is_on and set_duty(member, is_on) and is_on and member.user_id != actor.pk:
        outbox.write([_word(member, now)])
    member.on_duty = is_on
    return member


@transaction.atomic
def hand_over(actor, colleague_id: int, now: datetime) -> Membership:
    """A colleague of the same clinic is on duty from now on and I am not; they are told."""
    colleague = Membership.objects.active().filter(pk=colleague_id).select_related("user").first()
    mine = Membership.objects.active().of(actor).select_for_update()
    me = mine.filter(clinic=colleague.clinic_id).first() if colleague else None
    if me is None or colleague is None or colleague.user_id == actor.pk or not colleague.user.is_active:
        raise Refused("no_such_colleague")
    if not colleague.on_duty and set_duty(colleague, True):
        outbox.write([_word(colleague, now)])
    set_duty(me, False)
    return colleague


def _team(me: Membership) -> Team:
    members = Membership.objects.active().filter(clinic=me.clinic_id).select_related("user")
    about = open_at(me.clinic).select_related("episode__patient", "taken_by")
    return Team(me.clinic, me, list(members.order_by("-on_duty", "user__display_name", "pk")), list(about))


def _changeable_by(actor, membership_id: int) -> Membership:
    rows = Membership.objects.active().select_related("user").filter(pk=membership_id)
    member = rows.of(actor).first() or rows.filter(pk__in=Membership.objects.led_by(actor).values("pk")).first()
    if member is None:
        raise Refused("no_such_colleague")
    return member


def _word(member: Membership, now: datetime) -> OutboxMessage:
    person: User = member.user
    key = f"duty:{member.pk}:{now:%Y%m%dT%H%M%S%f}"
    return outbox.message(key, "on_duty", now, recipient=person, priority=OutboxMessage.Priority.SAFETY)
