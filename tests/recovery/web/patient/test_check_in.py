"""Checking in on the web: kept once, refused kindly, corrected openly."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import CheckIn, Decision
from tests import factories

from .conftest import DAY_5, filled, post_check_in, words

YESTERDAY = DAY_5 - timedelta(days=1)


def stored(episode, day=DAY_5):
    return CheckIn.objects.standing().filter(episode=episode, day=day).first()


def test_an_accepted_check_in_leads_to_the_days_decision(page, episode):
    response = post_check_in(page)
    assert (response.status_code, response["Location"]) == (303, reverse("patient:decision", args=[DAY_5]))
    assert stored(episode).average == 3


def test_the_same_form_sent_twice_is_one_check_in(page, episode):
    form = filled()
    first, second = (page.post(reverse("patient:check_in"), form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert CheckIn.objects.filter(episode=episode, day=DAY_5).count() == 1


def test_a_second_form_for_a_filled_day_is_told_so_and_changes_nothing(page, episode):
    post_check_in(page)
    response = post_check_in(page, average="1")
    assert response.status_code == 409
    assert "already checked in" in words(response)
    assert stored(episode).average == 3


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_edge_of_the_calendar_is_refused_in_a_sentence(page, episode, day):
    response = page.post(reverse("patient:check_in"), filled() | {"day": day})
    assert response.status_code == 400
    assert not CheckIn.objects.filter(day=day).exists()


BAD = [
    ({"average": "11"}, "11 is not on the scale"),
    ({"average": "-1"}, "-1 is not on the scale"),
    ({"average": "abc"}, "abc is not on the scale"),
    ({"average": "3.5"}, "3.5 is not on the scale"),
    ({"average": ""}, "Say how your back was on average"),
    ({"worst": ""}, "Say how it was at its worst"),
    ({"morning": ""}, "Say how it was when you got up"),
    ({"function": ""}, "Say how hard your normal day was"),
    ({"worst": "2"}, "The worst cannot be below the average"),
    ({"session_status": ""}, "how today’s session went"),
    ({"session_status": "done"}, "how much your back hurt during the session"),
    ({"session_status": "done", "session_pain": "12"}, "12 is not on the scale"),
    ({"worried": ""}, "tick what applies"),
    ({"worried": "yes"}, "Tick what applies"),
    ({"worried": "no", "red_flags": ["RF01"]}, "You answered “No” and ticked a sign"),
    ({"worried": "yes", "red_flags": ["RF99"]}, "RF99"),
    ({"day": ""}, "lost its day"),
    ({"day": (DAY_5 + timedelta(days=1)).isoformat()}, "has not come yet"),
    ({"day": (factories.DAY_1 - timedelta(days=1)).isoformat()}, "Your plan started on"),
    ({"key": "garbled"}, "valid UUID"),
]


@pytest.mark.parametrize(("change", "sentence"), BAD, ids=[str(change) for change, _ in BAD])
def test_a_bad_answer_gets_a_sentence_and_writes_nothing(page, episode, change, sentence):
    before = (CheckIn.objects.count(), Decision.objects.count())
    response = page.post(reverse("patient:check_in"), {**filled(), **change})
    assert response.status_code == 400
    assert sentence in words(response)
    assert (CheckIn.objects.count(), Decision.objects.count()) == before


def test_what_was_typed_stays_when_one_answer_is_missing(page, episode):
    response = post_check_in(page, worst="9", morning="", woken="on")
    assert 'name="worst" value="9" required checked' in words(response)
    assert 'name="woken" checked' in words(response)


def test_nothing_is_chosen_beforehand(page, episode):
    assert "checked" not in page.get(reverse("patient:check_in")).content.decode()


def test_the_number_tapped_on_today_is_the_first_answer(page, episode):
    response = page.get(reverse("patient:check_in"), {"average": "2"})
    assert 'name="average" value="2" required checked' in words(response)


def test_medicine_must_be_answered_from_low_impact_on(page, patient, clock):
    factories.open_episode(patient, average=1, worst=1, morning=0, function=0)
    response = post_check_in(page)
    assert response.status_code == 400
    assert "Say whether you took pain medicine" in words(response)
    assert post_check_in(page, medicine="none").status_code == 303


def test_yesterday_can_be_filled_in_before_noon(page, patient, clock):
    factories.open_episode(patient)
    clock.move_to(factories.at(DAY_5, 9))
    assert "?day=yesterday" in words(page.get(reverse("patient:check_in")))
    response = post_check_in(page, YESTERDAY)
    assert response["Location"] == reverse("patient:decision", args=[YESTERDAY])


def test_yesterday_is_not_offered_after_noon(page, patient, clock):
    factories.open_episode(patient)
    assert "?day=yesterday" not in words(page.get(reverse("patient:check_in")))


def test_a_form_sent_too_late_is_kept_as_a_note_and_says_so(page, patient, clock):
    episode = factories.open_episode(patient)
    response = post_check_in(page, YESTERDAY)
    assert response["Location"] == reverse("patient:today")
    assert "too late for the plan" in words(page.get(response["Location"]))
    assert stored(episode, YESTERDAY).known_on == DAY_5


def test_yesterday_morning_is_asked_after_a_missed_day_that_followed_a_session(page, patient, clock):
    factories.open_episode(patient)
    factories.check_in(patient, DAY_5 - timedelta(days=2), session={"status": "done", "pain": 1})
    assert "yesterday_morning" in words(page.get(reverse("patient:check_in")))
    assert post_check_in(page).status_code == 400
    assert post_check_in(page, yesterday_morning="1").status_code == 303


def test_what_is_asked_follows_the_day_of_the_form_and_not_the_clock(page, patient, clock):
    factories.open_episode(patient)
    factories.check_in(patient, DAY_5 - timedelta(days=3), session={"status": "done", "pain": 1})
    clock.move_to(factories.at(DAY_5, 9))
    assert "yesterday_morning" in words(page.get(reverse("patient:check_in"), {"day": "yesterday"}))
    assert post_check_in(page, YESTERDAY).status_code == 400
    assert post_check_in(page, YESTERDAY, yesterday_morning="2").status_code == 303


def test_a_session_without_a_missed_day_asks_nothing_about_yesterday(page, episode):
    assert "yesterday_morning" not in words(page.get(reverse("patient:check_in")))


def test_the_zone_of_the_device_is_kept(page, episode):
    post_check_in(page, time_zone="Europe/Amsterdam")
    assert stored(episode).time_zone == "Europe/Amsterdam"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "Etc/GMT+12"])
def test_an_unknown_zone_or_one_where_the_day_has_not_come_gives_way_to_the_persons_own(page, patient, clock, zone):
    factories.open_episode(patient)
    clock.move_to(factories.at(DAY_5, 6))
    post_check_in(page, time_zone=zone)
    assert CheckIn.objects.get().time_zone == "UTC"


def test_a_correction_shows_the_old_answers_and_keeps_them(page, episode):
    post_check_in(page)
    address = reverse("patient:correct", args=[DAY_5])
    shown = words(page.get(address))
    assert 'name="average" value="3" required checked' in shown
    assert "keep them beside the new ones" in shown
    response = page.post(address, filled(key=str(stored(episode).key), average="1"))
    assert response.status_code == 303
    assert list(CheckIn.objects.filter(day=DAY_5).values_list("revision", "average")) == [(1, 3), (2, 1)]


def test_a_filled_day_opens_its_correction(page, episode):
    post_check_in(page)
    assert page.get(reverse("patient:check_in"))["Location"] == reverse("patient:correct", args=[DAY_5])


def test_a_correction_cannot_move_to_another_day(page, episode):
    post_check_in(page)
    form = filled(day=YESTERDAY, key=str(stored(episode).key))
    response = page.post(reverse("patient:correct", args=[DAY_5]), form)
    assert response.status_code == 400
    assert stored(episode).revision == 1


def test_a_day_without_a_check_in_has_nothing_to_correct(page, episode):
    assert page.get(reverse("patient:correct", args=[DAY_5])).status_code == 404


def test_a_strangers_check_in_cannot_be_corrected(page, episode, sign_in):
    post_check_in(page)
    key = str(stored(episode).key)
    other = factories.make_user()
    factories.open_episode(other)
    browser = sign_in(other)
    assert browser.get(reverse("patient:correct", args=[DAY_5])).status_code == 404
    browser.post(reverse("patient:check_in"), filled(key=key, average="0", worst="0"))
    assert stored(episode).average == 3


def test_a_ticked_warning_sign_leads_to_the_stop_screen(page, episode):
    response = post_check_in(page, worried="yes", red_flags=["RF19"])
    assert response["Location"] == reverse("patient:stop")


@pytest.mark.parametrize("name", ["0000-00-00", "2026-13-45", "today"])
def test_an_address_without_a_real_day_is_not_found(page, episode, name):
    assert page.get(f"/check-in/{name}/").status_code == 404
