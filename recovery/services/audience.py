"""Who is told of an escalation: clinicians of the clinics a patient shares with, and the admins of the service.

Asked from the memberships and consents of the moment; `recipients` asks again when a message leaves.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Clinic, Consent, Membership, User
from recovery.models import Care, Episode
from recovery.rules.climbing import ADMINS, BACK, DUTY, NEXT


def clinicians_at(step: str, episode: Episode) -> list[User]:
    """Those of the patient's clinics who are told at a step."""
    members = _members(episode)
    return _people({DUTY: _on_duty, BACK: _on_duty, NEXT: _next}.get(step, _everybody)(members, episode))


def admins_at(step: str, episode: Episode) -> list[User]:
    """Admins told at a step; none for a patient who shares with no clinic, whose diary is nobody's business."""
    shares = Clinic.objects.chosen_by(episode.patient_id).exists()
    return admins() if step == ADMINS and shares else []


def readers_of(patient) -> QuerySet[Any]:
    """The consents a patient has given, each with `is_read`: whether any clinician works at that clinic now."""
    given = Consent.objects.active().of(patient).filter(purpose=Consent.Purpose.SHARE_WITH_CLINIC)
    return given.select_related("clinic").annotate(is_read=Exists(_clinicians().filter(clinic=OuterRef("clinic"))))


def is_read(patient) -> bool:
    """Whether anybody at all reads this patient's diary now."""
    return readers_of(patient).filter(is_read=True).exists()


def admins() -> list[User]:
    """Everybody who runs this service."""
    return list(User.objects.filter(role=User.Role.ADMIN, is_active=True).order_by("pk"))


def _members(episode: Episode) -> list[Membership]:
    """Clinicians who work in a clinic the patient shares with, now."""
    members = _clinicians().filter(clinic__in=Clinic.objects.chosen_by(episode.patient_id))
    return list(members.select_related("user").order_by("pk"))


def _clinicians() -> QuerySet[Membership]:
    """People who work at a clinic and can open its pages; a table could hold others, who cannot."""
    return Membership.objects.active().filter(user__is_active=True, user__role=User.Role.CLINICIAN)


def _on_duty(members: list[Membership], episode: Episode) -> list[Membership]:
    """In a clinic where nobody is on duty, everybody is."""
    answering = {m.clinic_id for m in members if m.on_duty}
    return [m for m in members if m.on_duty or m.clinic_id not in answering]


def _next(members: list[Membership], episode: Episode) -> list[Membership]:
    """People on duty, whoever looks after this patient, and the leads; if that is nobody new, everybody."""
    carers = set(Care.objects.current().filter(episode=episode).values_list("clinician", flat=True))
    told = {m.pk for m in _on_duty(members, episode)}
    also = [m for m in members if m.pk not in told and (m.user_id in carers or m.role == Membership.Role.LEAD)]
    return [m for m in members if m.pk in told or m in also] if also else members


def _everybody(members: list[Membership], episode: Episode) -> list[Membership]:
    return members


def _people(members: Iterable[Membership]) -> list[User]:
    return list({m.user_id: m.user for m in members}.values())
