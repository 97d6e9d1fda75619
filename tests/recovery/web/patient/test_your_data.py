"""The page with a patient's own data: files, and the way out."""

import json

import pytest
from django.urls import reverse

from accounts.models import User
from tests import factories

ERASE = reverse("patient:erase")


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = str(tmp_path / "erasures")


def test_the_page_opens_also_without_a_plan(page):
    assert page.get(reverse("patient:your_data")).status_code == 200


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_a_file_comes_as_an_attachment_that_nothing_keeps(page, episode, kind):
    answer = page.post(reverse("patient:download", args=[kind]))
    assert answer["Content-Disposition"].startswith('attachment; filename="backstride-')
    assert "no-store" in answer["Cache-Control"]
    text = b"".join(answer.streaming_content).decode()
    assert "recovery.CheckIn" in json.loads(text)["rows"] if kind == "json" else text.count("\n") == 5


def test_a_kind_of_file_we_do_not_write_is_not_there(page):
    assert page.post(reverse("patient:download", args=["exe"])).status_code == 404


def test_a_link_cannot_download_or_erase(page, patient):
    assert page.get(reverse("patient:download", args=["json"])).status_code == 405
    assert page.get(ERASE).status_code == 200
    assert User.objects.filter(pk=patient.pk).exists()


def test_without_the_tick_nobody_is_erased(page, patient):
    assert page.post(ERASE).status_code == 400
    assert User.objects.filter(pk=patient.pk).exists()


def test_with_the_tick_the_account_is_gone_and_the_browser_signed_out(page, patient, episode):
    answer = page.post(ERASE, {"sure": "yes"}, follow=True)
    assert "are erased" in answer.content.decode()
    assert not User.objects.filter(pk=patient.pk).exists()
    assert page.get(reverse("patient:settings")).status_code == 302


@pytest.mark.parametrize("address", [reverse("patient:download", args=["json"]), ERASE])
def test_both_ask_again_who_one_is(page, patient, settings, address):
    settings.SECOND_STEP = True
    patient.set_password("walk before you run")
    patient.save()
    page.force_login(patient)
    answer = page.post(address, {"sure": "yes"})
    assert answer.status_code == 302 and "/reauthenticate/" in answer["Location"]
    assert User.objects.filter(pk=patient.pk).exists()


@pytest.mark.parametrize("role", ["clinician", "admin"])
def test_staff_find_nothing_there(sign_in, db, role):
    assert sign_in(factories.make_user(role)).post(ERASE, {"sure": "yes"}).status_code == 404
