"""Whoever left their desk is signed out after half an hour; a runner's phone after a month."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests import factories as make

NOW = make.at(make.DAY_1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SECOND_STEP = True
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(client):
    clinician = make.make_clinician(make.make_clinic())
    Authenticator.objects.create(user=clinician, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(clinician)
    assert is_in(client)
    return client


def is_in(client, page="clinic:team", **headers) -> bool:
    return client.get(reverse(page), headers=headers).status_code == 200


def test_a_clinician_who_goes_on_working_stays_signed_in_for_a_working_day(desk, clock):
    for _ in range(12 * 60 // 29):
        clock.shift(timedelta(minutes=29))
        assert is_in(desk)
    clock.shift(timedelta(minutes=29))
    assert not is_in(desk)


def test_after_half_an_hour_away_the_page_asks_to_sign_in(desk, clock):
    clock.shift(timedelta(minutes=31))
    assert desk.get(reverse("clinic:team")).url.startswith(reverse("account_login"))


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(desk, clock):
    for _ in range(6):
        clock.shift(timedelta(minutes=5))
        assert is_in(desk, **{"HX-Request": "true"})
    clock.shift(timedelta(minutes=5))
    assert not is_in(desk, **{"HX-Request": "true"})


def test_the_api_is_closed_to_an_idle_session_too(desk, clock):
    clock.shift(timedelta(minutes=31))
    assert desk.get("/api/v1/panel/").status_code == 401


def test_a_runner_is_not_asked_again_for_a_month(client, clock):
    client.force_login(make.open_episode().patient)
    assert is_in(client, "patient:settings")
    clock.shift(timedelta(days=29))
    assert is_in(client, "patient:settings")
    clock.shift(timedelta(days=29))
    assert is_in(client, "patient:settings")
    clock.shift(timedelta(days=31))
    assert not is_in(client, "patient:settings")
