"""Every page answers a stranger with the sign-in page or 404, and the wrong person with 404.

The pages are read from the URLconf, so a new one is covered, or refused here, the day it is written.
"""

from dataclasses import dataclass

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Consent, User
from accounts.services import tokens
from accounts.services.consent import withdraw_consent
from recovery.models import Device, Escalation, PlanVersion, SavedView
from recovery.services.back_tests import asking
from tests.factories import DAY_1, check_in, load_plan, make_clinic, make_clinician, make_user, open_episode, share

# Whose door it is, by namespace; a page of two kinds of people is named by itself.
OWNERS = {"patient": {"patient"}, "clinic": {"clinician"}, "plans": {"admin"}, "sending": {"admin"}, "accounts": set()}
OPEN = {
    "home",
    "healthz",
    "readyz",
    "metrics",
    "patient:urgent_help",
    "phone:manifest",
    "phone:service_worker",
    "phone:offline",
    "phone:session",
    "accounts:invitation",
    "unsubscribe",
    "calendar",
    "sms_incoming",
}
# The API has a table of its own; allauth's and Django's doors are theirs.
# The API has a table of its own; the rest is not of our making.
ELSEWHERE = ("api/", "staff/", "accounts/", "demo/")
ABOUT_ONE_PATIENT = {"episode_id", "escalation_id"}


@dataclass(frozen=True)
class Page:
    name: str
    parameters: tuple[str, ...]

    @property
    def owners(self) -> set[str]:
        return OWNERS[self.name.partition(":")[0]]

    def address(self, values: dict) -> str:
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})


def pages(resolver, prefix="", namespace=""):
    """Every page of ours that is not open to all."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(ELSEWHERE):
            continue
        if isinstance(entry, URLResolver):
            yield from pages(entry, route, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif namespace + (entry.name or "") not in OPEN:
            yield Page(namespace + entry.name, tuple(entry.pattern.converters))


PAGES = list(pages(get_resolver()))
OF_ONE_PATIENT = [page for page in PAGES if ABOUT_ONE_PATIENT & set(page.parameters)]


@pytest.fixture
def values(db):
    """A patient's things, by the names addresses have for them."""
    load_plan()
    episode = open_episode()
    check_in(episode.patient, DAY_1, red_flags=("RF05",))
    clinic = make_clinic()
    share(episode.patient, clinic)
    return {
        "episode_id": episode.pk,
        "escalation_id": Escalation.objects.get(episode=episode, code="RF05").pk,
        "clinic_id": clinic.pk,
        "day": DAY_1,
        "code": "EX02",
        "view_id": SavedView.objects.create(owner=make_user("clinician"), name="Mine", saved_at=timezone.now()).pk,
        "slug": "hurt-and-harm",
        "device_id": Device.objects.create(
            person=episode.patient, name="Phone", digest="x", added_at=timezone.now()
        ).pk,
        "key": "lower-back-running",
        "kind": "json",
        "key_id": tokens.issue(episode.patient, timezone.now())[0].pk,
        "number": 1,
        "back_test_id": asking.ask(PlanVersion.objects.get(), asking.EVERYBODY, None, timezone.now()).pk,
        "phase": "rest",
    }


@pytest.fixture
def answers(client, values):
    """What these pages say to whoever is signed in, however they are asked, by page and method."""

    def ask(asked):
        return {
            (page.name, method.__name__): method(page.address(values))
            for page in asked
            for method in (client.get, client.post)
        }

    return ask


def is_closed(response) -> bool:
    """Nothing there, or nothing to be done there in this way."""
    return response.status_code in (404, 405)


def asks_to_sign_in(response) -> bool:
    return response.status_code == 302 and "/login/" in response.url


def open_ones(answers) -> list:
    return [asked for asked, response in answers.items() if not is_closed(response)]


def test_there_are_pages_of_every_part():
    assert {page.name.partition(":")[0] for page in PAGES} == set(OWNERS)


def test_a_stranger_is_sent_to_sign_in_or_finds_nothing(answers):
    found = answers(PAGES)
    assert [asked for asked in open_ones(found) if not asks_to_sign_in(found[asked])] == []


@pytest.mark.parametrize("role", User.Role.values)
def test_the_wrong_kind_of_person_finds_nothing(client, answers, role):
    client.force_login(make_user(role))
    assert open_ones(answers(page for page in PAGES if page.owners and role not in page.owners)) == []


def test_a_clinician_of_another_clinic_finds_nothing_of_the_patient(client, answers):
    client.force_login(make_clinician(make_clinic("Mill Lane")))
    assert open_ones(answers(OF_ONE_PATIENT)) == []


def test_a_clinician_finds_nothing_after_the_patient_has_left_the_clinic(client, answers):
    consent = Consent.objects.get()
    withdraw_consent(consent.patient, consent.clinic, timezone.now())
    client.force_login(make_clinician(consent.clinic))
    assert open_ones(answers(OF_ONE_PATIENT)) == []


def test_the_patient_s_own_clinician_finds_the_patient(client, answers):
    client.force_login(make_clinician(Consent.objects.get().clinic))
    assert ("clinic:patient", "get") in open_ones(answers(OF_ONE_PATIENT))
