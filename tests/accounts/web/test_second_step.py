"""A password alone lets no member of staff in, and asks a patient for a code on a new device."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import people, tokens
from tests.accounts.conftest import PASSWORD
from tests.factories import load_plan
from tests.recovery.api.asking import Caller

pytestmark = pytest.mark.django_db
SET_UP = "/accounts/2fa/"


@pytest.fixture(autouse=True)
def second_step(settings):
    settings.SECOND_STEP = True
    cache.clear()


@pytest.fixture
def admin(db):
    return people.create_person("ada@example.test", User.Role.ADMIN, PASSWORD)


def sign_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def with_app(person) -> str:
    """Gives somebody an authenticator app; returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def code(secret) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("who", ["clinician", "admin"])
@pytest.mark.parametrize(
    "page", ["clinic:panel", "plans:list", "admin:index", "accounts:keys", "account_email", "home"]
)
def test_staff_without_one_reach_only_the_page_to_set_it_up(client, request, who, page):
    sign_in(client, request.getfixturevalue(who))
    answer = client.get(reverse(page))
    assert (answer.status_code, answer.url) == (302, SET_UP)


def test_the_api_is_closed_to_their_session_too(client, clinician):
    sign_in(client, clinician)
    assert client.get("/api/v1/panel/").status_code == 403


def test_staff_set_it_up_and_everything_opens(client, clinician):
    sign_in(client, clinician)
    assert client.get(SET_UP).status_code == 200
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code(secret)}).status_code == 302
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert client.get(reverse("clinic:panel")).status_code == 200


def test_with_a_factor_the_password_alone_opens_nothing(client, clinician):
    secret = with_app(clinician)
    assert sign_in(client, clinician).url == reverse("mfa_authenticate")
    assert client.get(reverse("clinic:panel")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("clinic:panel")).status_code == 200


def test_a_code_works_once(client, clinician):
    used = code(with_app(clinician))
    sign_in(client, clinician)
    client.post(reverse("mfa_authenticate"), {"code": used})
    client.logout()
    sign_in(client, clinician)
    assert client.post(reverse("mfa_authenticate"), {"code": used}).status_code == 200


def test_a_recovery_code_works_once(client, clinician):
    with_app(clinician)
    RecoveryCodes.activate(clinician)
    first = Authenticator.objects.get(user=clinician, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (302, 200):
        sign_in(client, clinician)
        assert client.post(reverse("mfa_authenticate"), {"code": first}).status_code == expected
        client.logout()


def test_staff_cannot_take_their_last_factor_away(client, clinician):
    secret = with_app(clinician)
    sign_in(client, clinician)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=clinician, type="totp").exists()


def test_a_program_of_staff_needs_the_factor_as_well(clinician):
    body = {"email": clinician.email, "password": PASSWORD}
    assert "code" in Caller().ask("POST", "auth/token/", body).json()["fields"]
    secret = with_app(clinician)
    token = Caller().ask("POST", "auth/token/", {**body, "code": code(secret)}).json()["token"]
    assert tokens.authenticate(token, timezone.now()).user == clinician
    Authenticator.objects.all().delete()
    assert tokens.authenticate(token, timezone.now()) is None


def test_a_patient_on_a_new_device_is_sent_a_code_once(client, patient):
    assert sign_in(client, patient).url == reverse("account_confirm_login_code")
    assert client.get(reverse("patient:settings")).status_code == 302
    sent = re.search(r"^\s*([A-Z0-9]+(?:-[A-Z0-9]+)?)\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)
    assert client.post(reverse("account_confirm_login_code"), {"code": sent}).url == reverse("mfa_trust")
    client.post(reverse("mfa_trust"), {"action": "trust"})
    assert client.get(reverse("patient:settings")).status_code == 200
    client.post(reverse("account_logout"))
    answer = sign_in(client, patient)
    assert answer.url not in (reverse("account_confirm_login_code"), reverse("mfa_trust"))
    assert client.get(reverse("patient:settings")).status_code == 200


def test_a_patient_with_an_app_is_asked_for_its_code_and_gets_no_mail(client, patient):
    with_app(patient)
    mail.outbox.clear()
    assert sign_in(client, patient).url == reverse("mfa_authenticate")
    assert mail.outbox == []


def test_publishing_asks_again_who_you_are(client, admin):
    load_plan()
    secret = with_app(admin)
    sign_in(client, admin)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    key = "lower-back-running"
    client.post(reverse("plans:start", args=[key]))
    address = reverse("plans:publish", args=[key])
    assert client.get(address).status_code == 200
    asked = client.post(address, {"revision": 0})
    assert asked.status_code == 302 and "/reauthenticate/" in asked.url


def test_devices_are_listed_and_signed_out(client, patient, settings):
    settings.SECOND_STEP = False
    other = client.__class__()
    sign_in(other, patient)
    sign_in(client, patient)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "This device" in page and "Another device" in page
    client.post(reverse("usersessions_list"))
    assert client.get(reverse("accounts:keys")).status_code == 200
    assert other.get(reverse("accounts:keys")).status_code == 302


def test_keys_are_listed_and_ended_by_their_owner_alone(client, patient, stranger):
    key, secret = tokens.issue(patient, timezone.now(), "My watch")
    client.force_login(stranger)
    assert "My watch" not in client.get(reverse("accounts:keys")).content.decode()
    assert client.post(reverse("accounts:end_key", args=[key.pk])).status_code == 404
    client.force_login(patient)
    assert "My watch" in client.get(reverse("accounts:keys")).content.decode()
    client.post(reverse("accounts:end_key", args=[key.pk]))
    assert tokens.authenticate(secret, timezone.now()) is None
