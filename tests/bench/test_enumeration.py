"""Neither an answer nor its time tells whether somebody has an account: every door, known and unknown in turn."""

import re
import statistics
import time

import pytest
from django.conf import settings as live
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.urls import reverse

from accounts.models import User
from accounts.services import people
from tests.factories import make_clinic, make_clinician
from tests.recovery.api.asking import Caller

pytestmark = pytest.mark.django_db
PAIRS = 40
LARGEST_RATIO = 1.25
LARGEST_DIFFERENCE = 10  # ms
PASSWORD = "walk before you run"


class Hasher(PBKDF2PasswordHasher):
    """The product's own way of hashing, at a tenth of its length: a hash left out still shows."""

    iterations = 100_000


@pytest.fixture(autouse=True)
def as_outside(settings):
    """A real hash, real words, and no limit that would answer first."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Hasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.REST_FRAMEWORK = {**live.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {}}


@pytest.fixture
def known():
    """Addresses that have an account, verified and with a password."""
    return [people.create_person(f"known{n}@example.test", User.Role.PATIENT, PASSWORD).email for n in range(PAIRS + 3)]


@pytest.fixture
def unknown():
    return [f"other{n}@example.test" for n in range(PAIRS + 3)]


def sign_in(client, email):
    return client.post(reverse("account_login"), {"login": email, "password": "not-this-one"})


def token(client, email):
    return Caller().ask("POST", "auth/token/", {"email": email, "password": "not-this-one"})


def forgotten(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def sign_up(client, email):
    client.cookies.clear()
    new = {"email": email, "password1": PASSWORD, "display_name": "Ann", "time_zone": "Europe/Amsterdam"}
    return client.post(reverse("account_signup"), new)


def invitation(client, email):
    client.force_login(client.clinician)
    clinic = client.clinician.memberships.get().clinic
    return client.post(reverse("clinic:invitations"), {"clinic": clinic.pk, "email": email})


DOORS = [sign_in, token, forgotten, sign_up, invitation]


def measured(door, client, known, unknown) -> tuple[float, float]:
    """Median milliseconds for a known and an unknown address, asked in turn; the first few only warm up."""
    took = {True: [], False: []}
    for number, pair in enumerate(zip(known, unknown, strict=True)):
        for email in pair if number % 2 else reversed(pair):
            began = time.perf_counter()
            answer = door(client, email)
            took[email.startswith("known")].append((time.perf_counter() - began) * 1000)
            assert answer.status_code < 500
    return statistics.median(took[True][3:]), statistics.median(took[False][3:])


def told(answer, email: str) -> tuple:
    """Status, way onwards and words, without what differs from answer to answer anyway."""
    words = re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode()).replace(email, "ADDRESS")
    return answer.status_code, answer.headers.get("Location"), re.sub(r"known|other", "", words)


@pytest.fixture
def visitor(client):
    client.clinician = make_clinician(make_clinic())
    return client


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_known_and_unknown_addresses_are_answered_alike(visitor, known, unknown, door):
    assert told(door(visitor, known[0]), known[0]) == told(door(visitor, unknown[0]), unknown[0])


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_known_and_unknown_addresses_are_answered_in_the_same_time(visitor, known, unknown, door):
    ratio, first, second = best(door, visitor, known, unknown)
    print(
        f"\npromised {door.__name__}: known/unknown <= {LARGEST_RATIO}, seen {ratio:.2f} ({first:.1f}/{second:.1f} ms)"
    )
    assert ratio <= LARGEST_RATIO or abs(first - second) <= LARGEST_DIFFERENCE


def best(door, visitor, known, unknown) -> tuple[float, float, float]:
    first, second = measured(door, visitor, known, unknown)
    return max(first, second) / min(first, second), first, second


def test_a_door_that_hashes_for_known_addresses_alone_would_fail_this(visitor, known, unknown, monkeypatch):
    from allauth.account.auth_backends import AuthenticationBackend

    monkeypatch.setattr(AuthenticationBackend, "_mitigate_timing_attack", lambda *_: None)
    ratio, first, second = best(sign_in, visitor, known, unknown)
    assert ratio > LARGEST_RATIO and first - second > LARGEST_DIFFERENCE
