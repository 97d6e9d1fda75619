"""People, clinics and days for tests, made through the same services the doors use."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import UUID, uuid4

from accounts.models import Clinic, Consent, Membership, User
from recovery.models import Episode
from recovery.rules.facts import CheckInFact, SessionFact
from recovery.services import check_ins, episodes, plans

from .lives import shipped_document

DAY_1 = date(2026, 3, 2)
_numbers = count(1)


def at(day: date, hour: int = 19, minute: int = 0) -> datetime:
    """An instant on a UTC day."""
    return datetime.combine(day, time(hour, minute), UTC)


def load_plan(now: datetime | None = None):
    """The shipped plan as a published version."""
    return plans.load(shipped_document(), now or at(DAY_1, 5))[0]


def make_user(role: str = "patient", **fields) -> User:
    """A person with a password nobody needs to know."""
    number = next(_numbers)
    fields.setdefault("email", f"{role}{number}@example.test")
    fields.setdefault("display_name", f"{role.title()} {number}")
    return User.objects.create(role=role, is_staff=role == "admin", **fields)


def make_clinic(name: str = "Harbour Street Physio", **fields) -> Clinic:
    """A clinic."""
    return Clinic.objects.create(name=name, **fields)


def make_clinician(clinic: Clinic, on_duty: bool = True, **fields) -> User:
    """A clinician who works at the clinic."""
    user = make_user("clinician", **fields)
    Membership.objects.create(clinic=clinic, user=user, on_duty=on_duty, joined_at=at(DAY_1, 4))
    return user


def share(patient: User, clinic: Clinic) -> Consent:
    """The patient agrees to share with the clinic."""
    return Consent.objects.create(patient=patient, clinic=clinic, text_version="1", given_at=at(DAY_1, 4))


def answers(**changes) -> episodes.IntakeAnswers:
    """Starting answers of a runner whose back began to hurt ten days ago."""
    values = {
        "onset_on": DAY_1 - timedelta(days=10),
        "last_run_on": DAY_1 - timedelta(days=10),
        "age": 34,
        "first_episode": False,
        "average": 3,
        "worst": 4,
        "morning": 3,
        "function": 3,
    }
    return episodes.IntakeAnswers(**{**values, **changes})


def open_episode(patient: User | None = None, now: datetime | None = None, **changes) -> Episode:
    """A patient's first day on the shipped plan."""
    load_plan()
    return episodes.open_episode(patient or make_user(), answers(**changes), now or at(DAY_1, 6))


def entry(day: date, key: UUID | None = None, made_at: datetime | None = None, zone: str = "UTC", **values):
    """A check-in as a phone would send it that evening."""
    session = values.pop("session", None)
    fields = {"average": 3, "worst": 4, "morning": 3, "function": 3, **values}
    fact = CheckInFact(day=day, session=SessionFact(**session) if session else SessionFact(), **fields)
    return check_ins.Entry(fact, key or uuid4(), made_at or at(day), zone)


def check_in(patient: User, day: date, **values) -> check_ins.Recorded:
    """One evening's check-in."""
    made = entry(day, **values)
    return check_ins.record(patient, made, made.made_at)
