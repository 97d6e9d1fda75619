"""Warning signs: the stop screen of the right urgency, the slip of the thumb, the clearance, help for all."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import CheckIn, Clearance
from recovery.rules.red_flags import FLAGS
from recovery.web.rule_words import of_flag
from tests import factories

from .conftest import DAY_5, INTAKE, post_check_in, words

STOP = reverse("patient:stop")
MISTAKE = reverse("patient:mistake")
CLEARANCE = reverse("patient:clearance")


def ticks(page, *codes):
    return post_check_in(page, worried="yes", red_flags=list(codes))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("RF01", "Stop here. Please get medical help now."),
        ("RF12", "Please speak to a doctor today."),
        ("RF19", "Please book a doctor or physiotherapist this week."),
    ],
)
def test_the_stop_screen_has_the_urgency_of_the_sign(page, episode, code, sentence):
    ticks(page, code)
    shown = words(page.get(STOP))
    assert sentence in shown
    assert of_flag(code) in shown


def test_the_most_urgent_of_several_signs_counts(page, episode):
    ticks(page, "RF19", "RF02")
    assert "get medical help now" in words(page.get(STOP))


def test_a_graver_sign_while_the_plan_is_off_leads_to_its_stop_screen(page, episode, clock):
    ticks(page, "RF19")
    clock.move_to(factories.at(DAY_5 + timedelta(days=1)))
    answer = post_check_in(page, DAY_5 + timedelta(days=1), worried="yes", red_flags=["RF02"])
    assert answer["Location"] == STOP
    assert "get medical help now" in words(page.get(STOP))


def test_a_slip_of_the_thumb_found_after_the_day_is_over_is_kept_and_says_why_the_plan_stays_off(page, episode, clock):
    ticks(page, "RF19")
    clock.move_to(factories.at(DAY_5 + timedelta(days=1), 13))
    answer = page.post(MISTAKE, {"is_mistake": "on"}, follow=True)
    assert "your plan stays off until a professional has looked" in words(answer)
    assert CheckIn.objects.standing().get(day=DAY_5).red_flags == []


def test_the_emergency_screen_has_the_number_of_the_region(page, episode, settings):
    settings.EMERGENCY_NUMBER = "999"
    ticks(page, "RF01")
    assert 'href="tel:999"' in words(page.get(STOP))


def test_the_clinics_number_stands_on_a_stop_that_can_wait_some_days(page, episode, patient):
    factories.share(patient, factories.make_clinic(phone="0205550100"))
    ticks(page, "RF19")
    assert 'href="tel:0205550100"' in words(page.get(STOP))


def test_the_stop_screen_shows_the_last_days_to_a_professional(page, episode):
    ticks(page, "RF01")
    assert words(page.get(STOP)).count('<th scope="row"') == 5


def test_a_patient_whom_nobody_reads_is_told_to_call(page, episode):
    ticks(page, "RF01")
    assert "please call someone yourself" in words(page.get(STOP))


@pytest.mark.parametrize("name", ["activities", "exercise"])
def test_no_activity_is_shown_while_the_plan_is_off(page, episode, name):
    ticks(page, "RF01")
    address = reverse(f"patient:{name}", args=["ex02"] if name == "exercise" else [])
    assert page.get(address)["Location"] == STOP


@pytest.mark.parametrize("name", ["today", "progress", "learn"])
def test_other_pages_lead_to_the_stop_screen_while_the_plan_is_off(page, episode, name):
    ticks(page, "RF01")
    shown = words(page.get(reverse(f"patient:{name}")))
    assert f'href="{STOP}"' in shown
    assert 'href="/exercises/' not in shown


def test_a_good_next_day_does_not_switch_the_plan_on(page, episode, clock):
    ticks(page, "RF01")
    clock.move_to(factories.at(DAY_5 + timedelta(days=1)))
    response = post_check_in(page, DAY_5 + timedelta(days=1), average="0", worst="0")
    assert response.status_code == 303
    assert page.get(reverse("patient:activities"))["Location"] == STOP


def test_taking_a_tick_back_shows_the_sign_again_and_asks(page, episode):
    ticks(page, "RF19")
    assert of_flag("RF19") in words(page.get(MISTAKE))
    assert page.post(MISTAKE).status_code == 400
    assert CheckIn.objects.filter(day=DAY_5).count() == 1


def test_a_tick_taken_back_is_a_correction_and_the_day_is_decided_again(page, episode):
    ticks(page, "RF19")
    response = page.post(MISTAKE, {"is_mistake": "on"})
    assert response["Location"] == reverse("patient:today")
    assert list(CheckIn.objects.filter(day=DAY_5).values_list("red_flags", flat=True)) == [["RF19"], []]
    assert page.get(reverse("patient:activities")).status_code == 200


def test_a_clearance_is_kept_and_the_starting_questions_follow(page, episode, patient):
    ticks(page, "RF01")
    answers = {"profession": "doctor", "assessed_on": DAY_5.isoformat(), "may_go_on": "on"}
    response = page.post(CLEARANCE, answers)
    assert response["Location"] == reverse("patient:intake")
    assert Clearance.objects.get().recorded_by == patient
    assert page.get(reverse("patient:intake")).status_code == 200
    assert page.post(reverse("patient:intake"), INTAKE)["Location"] == reverse("patient:today")
    assert page.get(reverse("patient:activities")).status_code == 200


def test_after_a_clearance_today_no_longer_says_stop(page, episode):
    ticks(page, "RF01")
    page.post(CLEARANCE, {"profession": "doctor", "assessed_on": DAY_5.isoformat(), "may_go_on": "on"})
    assert "Good that it was checked" in words(page.get(reverse("patient:today")))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"profession": ""}, "Say who examined you"),
        ({"profession": "wizard"}, "wizard"),
        ({"assessed_on": ""}, "Enter the day you were seen"),
        ({"assessed_on": "soon"}, "Enter a day"),
        ({"assessed_on": (DAY_5 + timedelta(days=1)).isoformat()}, "cannot be in the future"),
        ({"assessed_on": (DAY_5 - timedelta(days=1)).isoformat()}, "when the plan stopped"),
        ({"may_go_on": ""}, "your plan stays off"),
    ],
)
def test_a_bad_clearance_gets_a_sentence_and_the_plan_stays_off(page, episode, change, sentence):
    ticks(page, "RF01")
    answers = {"profession": "doctor", "assessed_on": DAY_5.isoformat(), "may_go_on": "on", **change}
    response = page.post(CLEARANCE, {key: value for key, value in answers.items() if value})
    assert response.status_code == 400
    assert sentence in words(response)
    assert not Clearance.objects.exists()


@pytest.mark.parametrize("address", [STOP, MISTAKE, CLEARANCE])
def test_there_is_nothing_to_stop_while_the_plan_is_on(page, episode, address):
    assert page.get(address)["Location"] == reverse("patient:today")


def test_help_is_open_to_everybody_and_names_every_sign(client, db):
    shown = words(client.get(reverse("patient:urgent_help")))
    assert all(of_flag(code) in shown for code in FLAGS)


def test_the_signs_of_an_emergency_keep_the_plan_off_for_the_rest_of_the_day(page, episode, clock):
    ticks(page, "RF01")
    page.post(MISTAKE, {"is_mistake": "on"})
    shown = words(page.get(reverse("patient:activities")))
    assert "off for the rest of today" in shown
    assert 'href="/exercises/' not in shown
    clock.move_to(factories.at(DAY_5 + timedelta(days=1)))
    assert 'href="/exercises/' in words(page.get(reverse("patient:activities")))
