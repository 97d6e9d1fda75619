"""Pages speak the language a person chose, and before that the one their browser asks for."""

import pytest
from allauth.account.models import EmailAddress
from django.utils.translation import get_language

from accounts.models import User
from tests.factories import make_user

SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es-MX,es;q=0.9,en;q=0.5"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "asked", "spoken"), [("es", "en", "es"), ("en", "es", "en"), ("xx", "es", "es"), ("es", "", "es")]
)
def test_a_page_speaks_what_the_person_chose(client, chosen, asked, spoken):
    client.force_login(make_user(language=chosen))
    page = client.get("/settings/", HTTP_ACCEPT_LANGUAGE=asked)
    assert page.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in page.content.decode()
    assert ("Ajustes" if spoken == "es" else "Settings") in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "words"), [("es", "Empieza tu plan"), ("nl", "Start your plan"), ("", "Start your plan")]
)
def test_a_stranger_is_spoken_to_as_their_browser_asks(client, asked, words):
    assert words in client.get("/accounts/signup/", HTTP_ACCEPT_LANGUAGE=asked).content.decode()


@pytest.mark.django_db
def test_a_request_leaves_no_language_behind(client):
    client.force_login(make_user(language="es"))
    client.get("/settings/")
    assert get_language() == "en"


@pytest.mark.django_db
def test_one_persons_language_is_not_the_next_ones(client):
    client.force_login(make_user(language="es"))
    client.get("/settings/")
    client.logout()
    assert "Start your plan" in client.get("/accounts/signup/").content.decode()


@pytest.mark.django_db
def test_whoever_signs_up_keeps_the_language_they_signed_up_in(client):
    answers = {"email": "marta@example.test", "password1": "despacio y con calma", "password2": "despacio y con calma"}
    client.post("/accounts/signup/", {**answers, "display_name": "Marta", "time_zone": "Europe/Madrid"}, **SPANISH)
    assert EmailAddress.objects.filter(email="marta@example.test").exists()
    assert User.objects.get(email="marta@example.test").language == "es"


@pytest.mark.django_db
def test_a_language_is_chosen_by_its_own_name(client):
    client.force_login(make_user())
    page = client.get("/settings/").content.decode()
    assert "Español" in page and "English" in page
