"""Patients with four weeks behind them, made through the services, each signed in on the web and with an API key."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import tokens
from recovery.rules.facts import CheckInFact, SessionFact
from recovery.services import check_ins, episodes
from tests.factories import answers, load_plan

DAYS_BEHIND = 28
DAYS_AHEAD = 170
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Patient:
    """One patient, the next day to check in for, and how they prove who they are."""

    user: User
    first_day: object
    session: str
    token: str
    taken: int = DAYS_BEHIND

    def next_evening(self) -> datetime:
        """Half past seven on the next day without a check-in."""
        day = self.first_day + timedelta(days=self.taken)
        self.taken += 1
        return evening(day)


def evening(day) -> datetime:
    """Half past seven, UTC."""
    return datetime.combine(day, time(19, 30), UTC)


def make(count: int, seed: int) -> list[Patient]:
    """So many patients; one transaction, because only what follows is measured."""
    rnd = random.Random(seed)
    first_day = timezone.now().date() - timedelta(days=DAYS_BEHIND + DAYS_AHEAD)
    with transaction.atomic():
        load_plan(evening(first_day - timedelta(days=1)))
        return [_patient(number, first_day, rnd) for number in range(count)]


def said(day, rnd: random.Random) -> CheckInFact:
    """An unremarkable day."""
    average = rnd.choice((1, 2, 2, 3))
    session = SessionFact("done", rnd.choice((0, 1, 2))) if day.toordinal() % 2 else SessionFact()
    return CheckInFact(day, average, average + 1, average, 2, session)


def _patient(number: int, first_day, rnd) -> Patient:
    user = User.objects.create(role="patient", email=f"bench{number}@example.test", display_name=f"Bench {number}")
    onset = first_day - timedelta(days=10)
    starting = answers(onset_on=onset, last_run_on=onset)
    episodes.open_episode(user, starting, evening(first_day) - timedelta(hours=12))
    for n in range(DAYS_BEHIND):
        day = first_day + timedelta(days=n)
        made = check_ins.Entry(said(day, rnd), uuid4(), evening(day), "UTC")
        check_ins.record(user, made, made.made_at)
    return Patient(user, first_day, _session(user), tokens.issue(user, timezone.now())[1])


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
