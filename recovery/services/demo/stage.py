"""The clinics and the people who work in them, and how a patient comes to share with one."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import Clinic, Membership, User
from accounts.services import clinics, people
from accounts.services.invitations import accept
from recovery.models import OutboxMessage
from recovery.services.invitations import invite

from .cast import script


@dataclass(frozen=True, slots=True)
class Practice:
    """A clinic with the clinician who answers for it."""

    clinic: Clinic
    clinician: User
    zone: ZoneInfo


def open_practices(password: str, now: datetime) -> dict[str, Practice]:
    """Both clinics and all staff, by the clinic's key."""
    rooms = {key: clinics.open_clinic(**_details(entry)) for key, entry in script()["clinics"].items()}
    leads: dict[str, User] = {}
    for entry in script()["staff"]:
        user = _person(entry, password, now)
        if clinic := rooms.get(entry.get("clinic")):
            role = Membership.Role.LEAD if entry.get("lead") else Membership.Role.CLINICIAN
            clinics.add_member(clinic, user, now, role, on_duty=entry.get("on_duty", False))
            leads.setdefault(entry["clinic"], user)
    return {key: Practice(rooms[key], leads[key], ZoneInfo(script()["clinics"][key]["zone"])) for key in rooms}


def _details(entry: dict) -> dict:
    return {name: value for name, value in entry.items() if name != "zone"}


def _person(entry: dict, password: str, now: datetime) -> User:
    clinic = script()["clinics"].get(entry.get("clinic"), {})
    return people.create_person(
        entry["email"],
        entry["role"],
        password if entry.get("signs_in") else None,
        display_name=entry["name"],
        time_zone=clinic.get("zone", "Europe/Amsterdam"),
        joined_at=now,
    )


def invite_to(practice: Practice, email: str, now: datetime) -> str:
    """The clinician invites somebody; gives the link's token, as the letter carries it."""
    invitation = invite(practice.clinic, email, practice.clinician, now)
    letter = OutboxMessage.objects.get(key=f"invitation:{invitation.pk}")
    return letter.context["path"].rstrip("/").rpartition("/")[2]


def follow(token: str, patient: User, now: datetime) -> None:
    """The patient opens the link and agrees to share."""
    accept(token, patient, now)
