"""Who may open the patient's pages: the patient, nobody else."""

import pytest
from django.urls import reverse

from tests import factories

from .conftest import DAY_5, filled, post_check_in

OWN = [
    reverse("patient:today"),
    reverse("patient:check_in"),
    reverse("patient:activities"),
    reverse("patient:exercise", args=["ex02"]),
    reverse("patient:progress"),
    reverse("patient:learn"),
    reverse("patient:article", args=["hurt-and-harm"]),
    reverse("patient:settings"),
    reverse("patient:readiness"),
]
OF_A_DAY = [reverse("patient:correct", args=[DAY_5]), reverse("patient:decision", args=[DAY_5])]
OTHERS = [reverse(f"patient:{name}") for name in ("intake", "stop", "mistake", "clearance")]


@pytest.mark.parametrize("address", OWN)
def test_the_patient_opens_their_own_pages(page, episode, address):
    assert page.get(address).status_code == 200


@pytest.mark.parametrize("address", OF_A_DAY)
def test_the_patient_opens_the_pages_of_their_own_day(page, episode, address):
    post_check_in(page)
    assert page.get(address).status_code == 200


@pytest.mark.parametrize("address", [*OWN, *OF_A_DAY, *OTHERS])
def test_a_stranger_is_asked_to_sign_in(client, db, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["clinician", "admin"])
@pytest.mark.parametrize("address", [*OWN, *OF_A_DAY, *OTHERS])
def test_a_colleague_finds_nothing_at_a_patients_address(sign_in, db, role, address):
    assert sign_in(factories.make_user(role)).get(address).status_code == 404


@pytest.mark.parametrize("address", OF_A_DAY)
def test_another_patient_finds_nothing_at_this_patients_day(page, episode, sign_in, address):
    post_check_in(page)
    other = factories.make_user()
    factories.open_episode(other)
    assert sign_in(other).get(address).status_code == 404


@pytest.mark.parametrize("address", [*OWN[:5], reverse("patient:readiness"), *OF_A_DAY])
def test_a_patient_without_a_plan_is_led_to_the_starting_questions(page, address):
    assert page.get(address)["Location"] == reverse("patient:intake")


@pytest.mark.parametrize("address", [*OWN, *OF_A_DAY, *OTHERS, reverse("patient:urgent_help")])
def test_looking_at_a_page_writes_nothing(page, episode, address, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        page.get(address)
    changes = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert not changes


@pytest.mark.parametrize("address", [OWN[0], OWN[2], OWN[4], *OF_A_DAY[1:]])
def test_a_page_to_look_at_takes_no_form(page, episode, address):
    assert page.post(address).status_code == 405


def test_a_form_without_its_token_is_refused(episode, patient):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(patient, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post(reverse("patient:check_in"), filled()).status_code == 403
