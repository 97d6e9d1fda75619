"""What the phone keeps of a patient's pages."""

from django.urls import reverse

from accounts.services.marks import mark_of

from .conftest import post_check_in

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
