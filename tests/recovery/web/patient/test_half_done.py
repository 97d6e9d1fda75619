"""A session that ended in the middle of a check-in, in a browser without scripts: the answers come back, once."""

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from accounts.services.marks import mark_of
from recovery.models import CheckIn
from recovery.web.patient.half_done import COOKIE, LONGEST_COOKIE
from tests import factories

from .conftest import DAY_5, filled, words

FORM = reverse("patient:check_in")
AGAIN = "You were signed out in the middle."


@pytest.fixture
def sent(client, patient, episode):
    """What the browser is told after it sent a whole form without being signed in."""
    return client.post(FORM, filled(whose=mark_of(patient), average="7", worst="9", woken="on", sleep="2"))


def test_it_leads_to_the_sign_in_page_and_no_answer_stands_in_an_address(sent):
    assert sent.status_code == 302 and sent["Location"] == f"{reverse('account_login')}?next={FORM}"
    assert not CheckIn.objects.filter(day=DAY_5).exists()


def test_what_is_kept_cannot_be_read_and_goes_to_the_check_in_alone(sent):
    cookie = sent.cookies[COOKIE]
    assert cookie.value.startswith("sealed1:") and "average" not in cookie.value
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (FORM, True, "Lax")
    assert cookie["secure"] == (settings.SESSION_COOKIE_SECURE or "")


def test_after_signing_in_the_answers_are_there_and_can_be_sent(sent, patient, sign_in):
    page = sign_in(patient)
    shown = words(page.get(FORM))
    assert AGAIN in shown
    assert 'name="average" value="7" required checked' in shown and 'name="woken" checked' in shown
    page.post(FORM, filled(average="7", worst="9"))
    assert CheckIn.objects.get(day=DAY_5).average == 7


def test_they_come_back_once(sent, patient, sign_in):
    page = sign_in(patient)
    page.get(FORM)
    assert page.cookies[COOKIE].value == ""
    assert AGAIN not in words(page.get(FORM))


def test_the_next_person_on_this_phone_does_not_see_them(client, sent, sign_in):
    other = factories.make_user()
    factories.open_episode(other)
    shown = words(sign_in(other).get(FORM))
    assert AGAIN not in shown and "checked" not in shown
    assert client.cookies[COOKIE].value == ""


def test_after_two_hours_they_are_gone(sent, patient, sign_in, clock):
    page = sign_in(patient)
    clock.move_to(factories.at(DAY_5, 22))
    assert AGAIN not in words(page.get(FORM))


@pytest.mark.parametrize("value", ["garbled", "sealed1:00000000:AAAA", ""])
def test_a_garbled_cookie_is_no_cookie(page, episode, value):
    page.cookies[COOKIE] = value
    assert page.get(FORM).status_code == 200


def test_a_correction_survives_as_well(client, patient, episode, sign_in):
    factories.check_in(patient, DAY_5, average=3, worst=4)
    address = reverse("patient:correct", args=[DAY_5])
    client.post(address, filled(whose=mark_of(patient), average="1", worst="1"))
    shown = words(sign_in(patient).get(address))
    assert AGAIN in shown and 'name="average" value="1" required checked' in shown


def test_what_is_too_long_is_not_kept(client, episode):
    form = filled(whose="x" * 5000, red_flags=["RF05"] * 1000)
    with time_machine.travel(factories.at(DAY_5), tick=False):
        sent = client.post(FORM, form)
    assert COOKIE not in sent.cookies
    assert LONGEST_COOKIE < 4096
