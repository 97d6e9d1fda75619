"""What the phone keeps of a patient's pages."""

from uuid import uuid4

from django.urls import reverse

from accounts.services.marks import mark_of
from recovery.models import ReadMark
from recovery.services import heartbeat, threads
from tests import factories

from .conftest import DAY_5, post_check_in

KEPT = reverse("patient:kept")


def test_today_help_and_every_exercise_of_today_are_kept(page, episode):
    told = page.get(KEPT).json()
    assert told["person"] == mark_of(episode.patient)
    assert {reverse(f"patient:{name}") for name in ("today", "urgent_help", "activities")} < set(told["pages"])
    assert any("/exercises/" in address for address in told["pages"])


def test_every_kept_page_opens(page, episode):
    assert {page.get(address).status_code for address in page.get(KEPT).json()["pages"]} == {200}


def test_a_warning_sign_leaves_the_stop_screen_in_place_of_the_activities(page, episode):
    post_check_in(page, worried="yes", red_flags=["RF05"])
    pages = page.get(KEPT).json()["pages"]
    assert reverse("patient:stop") in pages
    assert reverse("patient:activities") not in pages


def test_a_new_decision_is_worth_fetching_again_and_nothing_new_is_not(page, episode):
    before = page.get(KEPT).json()["stamp"]
    assert page.get(KEPT).json()["stamp"] == before
    post_check_in(page)
    assert page.get(KEPT).json()["stamp"] != before


def test_the_blank_form_asks_the_same_whether_or_not_today_is_filled(page, episode):
    post_check_in(page)
    shown = page.get(reverse("patient:blank")).content.decode()
    assert 'data-check-in="blank"' in shown and f'action="{reverse("patient:check_in")}"' in shown
    assert "checked" not in shown


def test_the_form_tells_the_phone_how_urgent_each_sign_is(page, episode):
    shown = page.get(reverse("patient:check_in")).content.decode()
    assert 'data-em="RF01 RF02' in shown and 'data-sd="RF11' in shown and 'data-wd="RF16' in shown
    assert "RF21" not in shown.partition('data-wd="')[2].partition('"')[0]


def test_while_the_plan_is_off_the_phone_offers_no_activities(page, episode):
    waiting = reverse("patient:waiting")
    assert "data-activities" in page.get(waiting).content.decode()
    post_check_in(page, worried="yes", red_flags=["RF05"])
    assert "data-activities" not in page.get(waiting).content.decode()


def test_messages_are_kept_without_being_marked_as_read(page, patient, episode):
    clinic = factories.make_clinic()
    factories.share(patient, clinic)
    clinician, now = factories.make_clinician(clinic), factories.at(DAY_5, 12)
    threads.send(clinician, patient, clinic, "How is it going?", uuid4(), now)
    address = reverse("patient:thread", args=[clinic.pk])
    assert address in page.get(KEPT).json()["pages"]
    page.get(address, headers={"Backstride-Keeps": "yes"})
    assert not ReadMark.objects.filter(reader=patient).exists()
    page.get(address)
    assert ReadMark.objects.filter(reader=patient).exists()


def test_a_new_message_is_worth_fetching_again(page, patient, episode):
    clinic = factories.make_clinic()
    factories.share(patient, clinic)
    before = page.get(KEPT).json()["stamp"]
    clinician, now = factories.make_clinician(clinic), factories.at(DAY_5, 12)
    threads.send(clinician, patient, clinic, "How is it going?", uuid4(), now)
    assert page.get(KEPT).json()["stamp"] != before


def test_the_phone_learns_that_a_backup_was_put_back(page, episode):
    assert page.get(KEPT).json()["epoch"] == ""
    heartbeat.note(heartbeat.RESTORED, factories.at(DAY_5))
    assert page.get(KEPT).json()["epoch"] == factories.at(DAY_5).isoformat()
