"""Every page answers a stranger with the sign-in page or 404, and the wrong person with 404.

The pages are read from the URLconf, so a new one is covered, or refused here, the day it is written.
"""

from dataclasses import dataclass

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Consent, User
from accounts.services.consent import withdraw_consent
from recovery.models import Escalation
from tests.factories import DAY_1, check_in, load_plan, make_clinic, make_clinician, make_user, open_episode, share

# Whose door it is, by namespace; a page of two kinds of people is named by itself.
OWNERS = {"patient": {"patient"}, "clinic": {"clinician"}, "plans": {"admin"}, "accounts": set()}
OPEN = {"home", "healthz", "readyz", "patient:urgent_help", "accounts:invitation"}
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
WRONG_PEOPLE = [
    pytest.param(page, role, id=f"{page.name}-{role}")
    for page in PAGES
    for role in User.Role.values
    if page.owners and role not in page.owners
]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
every_page_of_one_patient = pytest.mark.parametrize("page", OF_ONE_PATIENT, ids=lambda page: page.name)


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
        "slug": "hurt-and-harm",
        "key": "lower-back-running",
        "number": 1,
        "phase": "rest",
    }


def is_closed(response) -> bool:
    """Nothing there, or nothing to be done there in this way."""
    return response.status_code in (404, 405)


@pytest.mark.parametrize("method", ["get", "post"])
@every_page
def test_a_stranger_is_sent_to_sign_in_or_finds_nothing(client, values, page, method):
    response = getattr(client, method)(page.address(values))
    assert is_closed(response) or (response.status_code == 302 and "/login/" in response.url)


@pytest.mark.parametrize(("page", "role"), WRONG_PEOPLE)
def test_the_wrong_kind_of_person_finds_nothing(client, values, page, role):
    client.force_login(make_user(role))
    for method in (client.get, client.post):
        assert is_closed(method(page.address(values)))


@every_page_of_one_patient
def test_a_clinician_of_another_clinic_finds_nothing(client, values, page):
    client.force_login(make_clinician(make_clinic("Mill Lane")))
    for method in (client.get, client.post):
        assert is_closed(method(page.address(values)))


@every_page_of_one_patient
def test_a_clinician_finds_nothing_after_the_patient_has_left_the_clinic(client, values, page):
    consent = Consent.objects.get()
    withdraw_consent(consent.patient, consent.clinic, timezone.now())
    client.force_login(make_clinician(consent.clinic))
    for method in (client.get, client.post):
        assert is_closed(method(page.address(values)))


def test_the_patient_s_own_clinician_finds_the_patient(client, values):
    client.force_login(make_clinician(Consent.objects.get().clinic))
    assert client.get(reverse("clinic:patient", args=[values["episode_id"]])).status_code == 200
