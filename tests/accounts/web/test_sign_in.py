"""Signing up, in, out and changing the keys, through the pages."""

import re

import pytest
from django.contrib.auth.password_validation import get_default_password_validators
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Consent, User
from accounts.services import invitations
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {
    "email": "Ann@example.test",
    "password1": PASSWORD,
    "display_name": "Ann",
    "time_zone": "Europe/Amsterdam",
}


@pytest.fixture(autouse=True)
def fresh_limits():
    """Tries are counted in the cache; each test starts with none."""
    cache.clear()


def sent_code():
    """The code in the newest message."""
    return re.search(r"^\s*([A-Z0-9]+(?:-[A-Z0-9]+)?)\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), {**NEW, **changes})


def confirm(client, **more):
    return client.post(reverse("account_email_verification_sent"), {"code": sent_code(), **more})


def sign_in(client, email="nora@example.test", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_somebody_signs_up_with_a_code_and_is_a_patient(client):
    assertRedirects(sign_up(client), reverse("account_email_verification_sent"))
    assert confirm(client).status_code == 302
    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.display_name, user.time_zone) == ("ann@example.test", "Ann", "Europe/Amsterdam")
    assert user.is_patient and not user.is_staff


def test_a_button_tapped_twice_leads_to_the_same_page(client, patient, monkeypatch):
    unseen = "allauth.account.internal.flows.manage_email.email_already_exists"
    monkeypatch.setattr(unseen, lambda email, **_: (email, False))
    answer = sign_up(client, email=patient.email)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1 and "_auth_user_id" not in client.session


NOT_SENT = "The email could not be sent just now. Please ask for a new one in a few minutes."


@pytest.fixture
def no_mail_server(monkeypatch):
    def refuse(*_):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)


@pytest.mark.usefixtures("no_mail_server")
@pytest.mark.parametrize("email", ["Ann@example.test", "nora@example.test"])
def test_without_a_mail_server_signing_up_says_to_ask_again_whether_or_not_the_address_is_known(client, patient, email):
    answer = sign_up(client, email=email)
    assertRedirects(answer, reverse("account_email_verification_sent"), fetch_redirect_response=False)
    assertContains(client.get(answer["Location"]), NOT_SENT)


@pytest.mark.usefixtures("no_mail_server")
@pytest.mark.parametrize("email", ["nobody@example.test", "nora@example.test"])
def test_without_a_mail_server_a_forgotten_password_says_to_ask_again(client, patient, email):
    assertContains(client.post(reverse("account_reset_password"), {"email": email}, follow=True), NOT_SENT)


def test_nobody_is_signed_in_before_the_code(client):
    sign_up(client)
    assert "_auth_user_id" not in client.session
    assertContains(client.get(reverse("account_email_verification_sent")), "ann@example.test")


def test_a_wrong_code_says_what_to_do(client):
    sign_up(client)
    answer = client.post(reverse("account_email_verification_sent"), {"code": "AAA-AAA"})
    assertContains(answer, "This is not the code we sent.")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "x" * 64])
def test_an_unknown_time_zone_becomes_utc(client, zone):
    sign_up(client, time_zone=zone)
    assert User.objects.get().time_zone == "UTC"


def test_nobody_gives_themselves_a_role(client):
    sign_up(client, role="admin", is_staff="on", is_superuser="on")
    user = User.objects.get()
    assert user.is_patient and not user.is_staff and not user.is_superuser


def test_a_short_password_is_refused_at_the_length_the_page_names(client):
    shortest = next(v.min_length for v in get_default_password_validators() if hasattr(v, "min_length"))
    assertContains(client.get(reverse("account_signup")), f"At least {shortest} characters.")
    assertContains(sign_up(client, password1="k7 wz q"), f"at least {shortest} characters")
    assert not User.objects.exists()


def test_the_time_zone_is_filled_in_by_the_device(client):
    page = client.get(reverse("account_signup"))
    assertContains(page, "data-time-zone")
    assertContains(page, "accounts/time-zone.js")


def test_an_invitation_leads_through_signing_up_back_to_itself(client, clinic, clinician):
    _, token = invitations.invite(clinic, NEW["email"], clinician, timezone.now())
    url = reverse("accounts:invitation", args=[token])
    form = client.get(reverse("account_signup"), {"next": url})
    assertContains(form, f'<input type="hidden" name="next" value="{url}">', html=True)
    sign_up(client, next=url)
    assertRedirects(confirm(client), url)
    client.post(url)
    assert Consent.objects.get().patient.email == "ann@example.test"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example/x", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client, patient, elsewhere):
    answer = sign_in(client, next=elsewhere)
    assert "evil" not in answer["Location"] and "javascript" not in answer["Location"]


def test_signing_up_says_the_same_for_a_known_and_an_unknown_address(client, patient):
    known = sign_up(client, email=patient.email)
    told_known = mail.outbox[-1]
    client.logout()
    unknown = sign_up(client)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert told_known.to == [patient.email] and "There is one already" in told_known.body
    assert User.objects.filter(email=patient.email).count() == 1


def test_signing_in_says_the_same_for_a_known_and_an_unknown_address(client, patient):
    known = sign_in(client, password="wrong password")
    unknown = sign_in(client, email="nobody@example.test", password="wrong password")
    said = [re.sub(r"nora|nobody", "", without_secrets(answer)) for answer in (known, unknown)]
    assert known.status_code == unknown.status_code == 200 and said[0] == said[1]
    assertContains(known, "do not go together")


def test_a_forgotten_password_says_the_same_for_a_known_and_an_unknown_address(client, patient):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (patient.email, "nobody@example.test")
    ]
    assert without_secrets(answers[0]) == without_secrets(answers[1])
    assert [message.to for message in mail.outbox] == [[patient.email], ["nobody@example.test"]]


def without_secrets(answer):
    """The page without what is new on each page."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r'nonce="[^"]+"', "", text)


def test_a_patient_signs_in_and_out(client, patient):
    assert sign_in(client).status_code == 302 and client.session["_auth_user_id"] == str(patient.pk)
    assertContains(client.get(reverse("account_logout")), "Sign out on this device?")
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_sign_in(client, patient):
    patient.is_active = False
    patient.save()
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_through_the_email(client, patient):
    client.post(reverse("account_reset_password"), {"email": patient.email})
    link = re.search(r"https?://[^/\s]+(\S+)", mail.outbox[-1].body).group(1)
    form = client.get(link, follow=True)
    assertContains(form, "Choose a new password")
    done = client.post(
        form.request["PATH_INFO"],
        {"password1": "a very new password", "password2": "a very new password"},
        follow=True,
    )
    assertContains(done, "Your password is changed.")
    assert sign_in(client, password="a very new password").status_code == 302
    client.logout()
    assertContains(client.get(link, follow=True), "This link has run out.")


def test_changing_the_password_asks_for_the_old_one(client, patient):
    client.force_login(patient)
    url = reverse("account_change_password")
    new = {"password1": "a very new password", "password2": "a very new password"}
    assertContains(client.post(url, {"oldpassword": "wrong", **new}), "This is not your current password.")
    assertRedirects(client.post(url, {"oldpassword": PASSWORD, **new}), reverse("account_email"))
    patient.refresh_from_db()
    assert patient.check_password("a very new password")


def test_an_address_changes_only_after_saying_who_one_is_and_after_its_own_code(client, patient):
    client.force_login(patient)
    asked = client.post(reverse("account_email"), {"email": "new@example.test", "action_add": ""})
    assert asked["Location"].startswith(reverse("account_reauthenticate")) and not mail.outbox
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "new@example.test", "action_add": ""})
    patient.refresh_from_db()
    assert patient.email == "nora@example.test" and mail.outbox[-1].to == ["new@example.test"]
    confirm(client)
    patient.refresh_from_db()
    assert patient.email == "new@example.test"


def test_a_subject_says_nothing_about_anybodys_health(client, patient):
    sign_up(client)
    sign_up(client, email=patient.email)
    client.post(reverse("account_reset_password"), {"email": patient.email})
    for message in mail.outbox:
        assert not re.search(r"pain|back|recover|testserver", message.subject, re.IGNORECASE)


OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
]
OWN_PAGES = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
]


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_a_page_on_the_way_in_wears_our_look(client, name):
    wears_our_look(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_about_ones_account_wears_our_look(client, patient, name):
    sign_in(client)
    wears_our_look(client.get(reverse(name)))


@pytest.mark.parametrize("name", [name for name in OWN_PAGES if name != "account_logout"])
def test_a_page_about_ones_account_is_closed_to_strangers(client, name):
    assert client.get(reverse(name)).status_code == 302


def wears_our_look(page):
    """One heading, our frame, and nothing a strict content policy would block."""
    assertContains(page, '<main id="main">')
    assertContains(page, "<h1", count=1)
    assertContains(page, "recovery/css/app.css")
    for forbidden in (" style=", " onclick=", "Menu:", "placeholder="):
        assertNotContains(page, forbidden)
