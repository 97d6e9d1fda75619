"""The page a clinic's invitation leads to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Consent, Invitation
from accounts.services import invitations
from accounts.services.consent import give_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def invited(clinic, clinician, now):
    return invitations.invite(clinic, "nora@example.test", clinician, now)


@pytest.fixture
def url(invited):
    return reverse("accounts:invitation", args=[invited[1]])


def test_it_says_who_reads_what_and_when(client, patient, url):
    client.force_login(patient)
    page = client.get(url)
    for words in (
        "Harbour Street Physio would like to follow",
        "weekdays 8 to 10",
        "020 555 0100",
        "You can stop",
    ):
        assertContains(page, words)


def test_looking_changes_nothing(client, patient, url):
    client.force_login(patient)
    client.get(url)
    client.head(url)
    assert not Consent.objects.exists() and Invitation.objects.unanswered().exists()


def test_it_is_not_kept_by_any_cache(client, url):
    assert "no-store" in client.get(url)["Cache-Control"]


def test_the_patient_accepts_and_shares(client, patient, clinic, url):
    client.force_login(patient)
    page = client.post(url, follow=True)
    assert Consent.objects.get().patient == patient and Consent.objects.get().clinic == clinic
    assertContains(page, "You share your diary with Harbour Street Physio", status_code=page.status_code)


def test_accepting_twice_shares_once(client, patient, url):
    client.force_login(patient)
    assert client.post(url).status_code == client.post(url).status_code == 302
    assert Consent.objects.count() == 1
    assertContains(client.get(url), "There is nothing more to do.")


def test_somebody_signed_out_may_look_and_is_led_back_here(client, url):
    page = client.get(url)
    assertContains(page, f"{reverse('account_signup')}?next={url}")
    assertContains(page, f"{reverse('account_login')}?next={url}")
    assertNotContains(page, "nora@example.test")


def test_somebody_signed_out_accepts_nothing(client, url):
    assertRedirects(client.post(url), f"{reverse('account_login')}?next={url}")
    assert not Consent.objects.exists()


def test_a_patient_with_another_address_is_asked_whether_it_is_theirs(client, stranger, url):
    client.force_login(stranger)
    assertContains(client.get(url), "It was meant for me")
    assertNotContains(client.get(url), "nora@example.test")
    assertContains(client.post(url), "Tick the box if that is right.", status_code=400)
    assert not Consent.objects.exists()
    assert client.post(url, {"is_mine": "on"}).status_code == 302
    assert Consent.objects.get().patient == stranger


def test_the_invited_address_is_not_asked_whether_it_is_theirs(client, patient, url):
    client.force_login(patient)
    assertNotContains(client.get(url), "It was meant for me")


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_work_account_cannot_accept(client, clinician, url, verb):
    client.force_login(clinician)
    answer = getattr(client, verb)(url, {"is_mine": "on"})
    assertContains(answer, "Invitations are for runners.", status_code=403)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_token_nobody_was_sent_is_not_found(client, patient, verb):
    client.force_login(patient)
    answer = getattr(client, verb)(reverse("accounts:invitation", args=["wrong"]))
    assertContains(answer, "This link does not open anything.", status_code=404)


@pytest.mark.parametrize("verb", ["get", "post"])
def test_an_invitation_that_ran_out_says_so(client, patient, invited, url, now, verb):
    Invitation.objects.update(created_at=now - timedelta(days=15), expires_at=now - timedelta(days=1))
    client.force_login(patient)
    assertContains(getattr(client, verb)(url), "This invitation has run out.", status_code=410)


def test_an_invitation_taken_back_says_so(client, invited, url, now):
    invitations.withdraw(invited[0], now)
    assertContains(client.get(url), "This invitation was taken back.", status_code=410)


def test_an_invitation_used_by_somebody_else_says_no_more_than_that(client, patient, stranger, invited, url, now):
    invitations.accept(invited[1], patient, now)
    client.force_login(stranger)
    page = client.get(url)
    assertContains(page, "This invitation has been used.", status_code=410)
    assertNotContains(page, "Nora", status_code=410)


def test_a_clinic_with_a_strange_name_stays_text(client, clinic, url):
    clinic.name = "<script>alert(1)</script>"
    clinic.save()
    assertNotContains(client.get(url), "<script>alert")


class TestLeaving:
    """Ending the sharing, from the settings."""

    @pytest.fixture
    def url(self, clinic):
        return reverse("accounts:leave_clinic", args=[clinic.pk])

    @pytest.fixture
    def shared(self, patient, clinic, now):
        return give_consent(patient, clinic, now)

    def test_it_asks_first(self, client, patient, shared, url):
        client.force_login(patient)
        assertContains(client.get(url), "Stop sharing with Harbour Street Physio?")
        assert Consent.objects.active().exists()

    def test_the_patient_leaves(self, client, patient, shared, url):
        client.force_login(patient)
        page = client.post(url, follow=True)
        assert not Consent.objects.active().exists()
        assertContains(page, "can no longer open your diary", status_code=page.status_code)

    @pytest.mark.parametrize("verb", ["get", "post"])
    @pytest.mark.parametrize("who", ["stranger", "clinician", "outsider"])
    def test_it_is_not_found_by_anybody_else(self, client, request, shared, url, verb, who):
        client.force_login(request.getfixturevalue(who))
        assert getattr(client, verb)(url).status_code == 404
        assert Consent.objects.active().exists()

    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_somebody_signed_out_is_asked_to_sign_in(self, client, shared, url, verb):
        assertRedirects(getattr(client, verb)(url), f"{reverse('account_login')}?next={url}")
        assert Consent.objects.active().exists()
