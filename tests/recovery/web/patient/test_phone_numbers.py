"""Text messages in the settings, and what a provider tells us people answered."""

import pytest
from django.test import Client
from django.urls import reverse

from recovery.models import OutboxMessage, PhoneNumber
from recovery.services import phone_numbers
from tests import factories

from .conftest import DAY_5, words

SETTINGS = reverse("patient:settings")
NUMBER = "+31612345678"
NOW = factories.at(DAY_5)


@pytest.fixture(autouse=True)
def provider(settings):
    settings.SMS = {**settings.SMS, "URL": "http://127.0.0.1:9/", "INCOMING_SECRET": "provider-secret"}


def give(page, **changes):
    return page.post(reverse("patient:number"), {"number": NUMBER, "agreed": "on", **changes})


def code() -> str:
    return OutboxMessage.objects.filter(kind="phone_code").latest("created_at").context["code"]


def test_without_a_provider_nothing_is_offered(page, episode, settings):
    settings.SMS = {**settings.SMS, "URL": ""}
    assert "Mobile number" not in words(page.get(SETTINGS))


def test_a_number_is_given_proved_and_removed(page, episode, patient):
    assert "Mobile number" in words(page.get(SETTINGS))
    assert give(page).status_code == 303
    assert "We sent a code to +31612345678" in words(page.get(SETTINGS))
    assert page.post(reverse("patient:prove_number"), {"code": code()}).status_code == 303
    assert "Text messages go to +31612345678" in words(page.get(SETTINGS))
    page.post(reverse("patient:remove_number"))
    assert not PhoneNumber.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "Enter your number"),
        ({"number": "0612345678"}, "country code"),
        ({"number": "+31\x00"}, "Null characters"),
        ({"agreed": ""}, "Tick the box"),
    ],
)
def test_a_slip_gets_a_sentence_and_sends_nothing(page, episode, changes, sentence):
    answer = give(page, **changes)
    assert answer.status_code == 400 and sentence in words(answer)
    assert not OutboxMessage.objects.filter(kind="phone_code").exists()


def test_a_wrong_code_gets_a_sentence(page, episode):
    give(page)
    answer = page.post(reverse("patient:prove_number"), {"code": "no"})
    assert answer.status_code == 400 and "new code" in words(answer)


def hear(secret, words="STOP"):
    strict = Client(enforce_csrf_checks=True)
    return strict.post(reverse("sms_incoming", args=[secret]), {"From": NUMBER, "Body": words})


def test_the_provider_tells_of_a_stop_word(page, episode, patient):
    give(page)
    phone_numbers.prove(patient, code(), NOW)
    assert hear("provider-secret").status_code == 200
    assert PhoneNumber.objects.get().stopped_at
    assert "You answered STOP" in words(page.get(SETTINGS))


@pytest.mark.parametrize("secret", ["wrong", "\N{SNOWMAN}"])
def test_nobody_else_can_stop_them(page, episode, patient, secret):
    give(page)
    assert hear(secret).status_code == 404 and not PhoneNumber.objects.get().stopped_at


def test_without_a_secret_nobody_is_heard(settings, db):
    settings.SMS = {**settings.SMS, "INCOMING_SECRET": ""}
    assert hear("x").status_code == 404
