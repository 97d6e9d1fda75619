"""Activities, exercises, progress, articles, settings and the readiness checklist."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.content.articles import articles
from recovery.models import Exercise, ReadinessCheck, Reminder, ReminderSetting
from recovery.services.episodes import READINESS_ITEMS, record_readiness
from recovery.web.patient.forms.readiness import names_of
from tests import factories

from .conftest import DAY_5, post_check_in, words

SETTINGS = reverse("patient:settings")
PREFERENCES = {"display_name": "Nora", "time_zone": "Europe/Lisbon", "language": "en", "theme": "dark"}


def coming_reminder():
    return Reminder.objects.filter(state="due", due_at__gt=factories.at(DAY_5)).first()


def test_the_activities_are_those_of_the_phase_and_the_weekday(page, episode):
    shown = words(page.get(reverse("patient:activities")))
    assert "Standing side reach" in shown  # on Fridays
    assert "Glute bridge hold" not in shown
    assert "each side" in shown


def test_what_is_welcome_but_not_asked_stands_apart(page, episode):
    shown = words(page.get(reverse("patient:activities")))
    assert "If you like, or if it helps" in shown


def test_jumping_is_off_while_a_caution_is_open(page, patient, clock):
    factories.open_episode(patient, average=0, worst=0, morning=0, function=0, cautions=("CA2",))
    clock.move_to(factories.at(factories.DAY_1 + timedelta(days=10)))
    shown = words(page.get(reverse("patient:activities")))
    assert "Running and jumping are off" in shown
    assert "Small hops" not in shown
    assert "off for now" in words(page.get(reverse("patient:exercise", args=["ex45"])))


def test_after_a_session_that_was_too_much_the_dose_is_less(page, patient, clock):
    factories.open_episode(patient)
    factories.check_in(patient, factories.DAY_1, session={"status": "done", "pain": 7})
    assert "one third less" in words(page.get(reverse("patient:activities")))


def test_every_exercise_of_the_plan_has_a_page(page, episode):
    for code in Exercise.objects.values_list("code", flat=True):
        response = page.get(reverse("patient:exercise", args=[code.lower()]))
        assert response.status_code == 200, code
        assert "When to stop" in words(response)


def test_an_exercise_the_plan_does_not_have_is_not_found(page, episode):
    assert page.get(reverse("patient:exercise", args=["ex99"])).status_code == 404


def test_the_progress_page_has_the_chart_and_the_same_numbers_as_a_table(page, episode):
    shown = words(page.get(reverse("patient:progress")))
    assert 'class="chart' in shown
    assert "Read the chart as a table" in shown
    assert shown.count("You are here") == 1


@pytest.mark.parametrize("span", ["two-weeks", "month", "all", "garbage", ""])
def test_any_span_of_the_chart_is_answered(page, episode, span):
    assert page.get(reverse("patient:progress"), {"show": span}).status_code == 200


def test_progress_is_kind_to_somebody_on_the_first_day(page, patient, clock):
    factories.open_episode(patient, now=factories.at(DAY_5, 8), onset_on=DAY_5)
    assert "begins with your first check-in" in words(page.get(reverse("patient:progress")))


@pytest.mark.parametrize("slug", [article.slug for article in articles()])
def test_every_article_opens_with_its_sources(page, slug):
    shown = words(page.get(reverse("patient:article", args=[slug])))
    assert "What this rests on" in shown


def test_an_unknown_article_is_not_found(page):
    assert page.get(reverse("patient:article", args=["miracle"])).status_code == 404


def test_the_reminder_moves_to_the_chosen_time(page, episode, patient):
    chosen = {"is_on": "on", "by_email": "on", "at": "07:15", "weekdays": ["0", "2", "4"]}
    assert page.post(reverse("patient:reminder"), chosen).status_code == 303
    setting = ReminderSetting.objects.get(patient=patient)
    assert (setting.at.isoformat("minutes"), setting.weekdays) == ("07:15", [0, 2, 4])
    assert coming_reminder().due_at.isoformat() == "2026-03-09T07:15:00+00:00"


def test_a_reminder_can_be_switched_off(page, episode, patient):
    page.post(reverse("patient:reminder"), {"at": "19:00", "weekdays": ["0"]})
    assert not ReminderSetting.objects.get(patient=patient).is_on
    assert coming_reminder() is None


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"is_on": "on", "by_email": "on", "at": "", "weekdays": ["0"]}, "Enter a time"),
        ({"is_on": "on", "by_email": "on", "at": "25:99", "weekdays": ["0"]}, "Enter a time"),
        ({"is_on": "on", "by_email": "on", "at": "07:00"}, "Choose at least one day"),
        ({"is_on": "on", "by_email": "on", "at": "07:00", "weekdays": ["9"]}, "9"),
    ],
)
def test_a_bad_reminder_gets_a_sentence_and_is_not_kept(page, episode, chosen, sentence):
    response = page.post(reverse("patient:reminder"), chosen)
    assert response.status_code == 400
    assert sentence in words(response)
    assert not ReminderSetting.objects.exists()


def test_the_look_and_the_zone_are_kept(page, patient, episode):
    assert page.post(SETTINGS, PREFERENCES).status_code == 303
    patient.refresh_from_db()
    assert (patient.display_name, patient.time_zone, patient.theme) == ("Nora", "Europe/Lisbon", "dark")
    assert 'data-theme="dark"' in words(page.get(SETTINGS))


@pytest.mark.parametrize("change", [{"time_zone": "Mars/Olympus"}, {"theme": "neon"}, {"language": "xx"}])
def test_a_choice_that_is_none_is_refused(page, patient, change):
    assert page.post(SETTINGS, {**PREFERENCES, **change}).status_code == 400
    patient.refresh_from_db()
    assert (patient.time_zone, patient.theme) == ("UTC", "auto")


def test_in_another_zone_the_next_reminder_comes_at_another_hour(page, episode):
    page.post(reverse("patient:reminder"), {"is_on": "on", "by_email": "on", "at": "07:00", "weekdays": ["0", "6"]})
    before = coming_reminder().due_at
    page.post(SETTINGS, {**PREFERENCES, "time_zone": "Africa/Lagos"})
    assert coming_reminder().due_at - before == timedelta(hours=-1)


def test_settings_say_who_reads_and_how_to_end_it(page, episode, patient):
    consent = factories.share(patient, factories.make_clinic())
    shown = words(page.get(SETTINGS))
    assert reverse("accounts:leave_clinic", args=[consent.clinic_id]) in shown


def test_settings_list_what_was_sent(page, episode):
    post_check_in(page, worried="yes", red_flags=["RF19"])
    assert "What to do about a warning sign" in words(page.get(SETTINGS))


def readiness(answer="yes", **changes):
    names = [name for item in READINESS_ITEMS for name in names_of(item)]
    return {**dict.fromkeys(names, answer), **changes}


def test_the_checklist_is_passed_when_both_sides_are(page, episode):
    assert page.post(reverse("patient:readiness"), readiness()).status_code == 303
    assert ReadinessCheck.objects.get().is_passed


def test_one_side_not_yet_is_not_passed(page, episode):
    page.post(reverse("patient:readiness"), readiness(calf_raise_left="no"))
    assert not ReadinessCheck.objects.get().is_passed


def test_an_unanswered_test_is_asked_again(page, episode):
    response = page.post(reverse("patient:readiness"), readiness(bridge=""))
    assert response.status_code == 400
    assert not ReadinessCheck.objects.exists()


def test_reading_is_found_by_its_words(page, episode):
    assert "Heat, cold and medicine" in words(page.get(reverse("patient:learn"), {"q": "HEAT cold"}))
    assert "Try one shorter word" in words(page.get(reverse("patient:learn"), {"q": "zzz"}))


def test_a_decision_stands_beside_what_is_worth_reading_about_it(page, episode):
    factories.check_in(episode.patient, DAY_5, average=6, worst=7)
    answer = page.get(reverse("patient:decision", args=[DAY_5]))
    assert answer.context["page"].decision.rule == "spike"
    assert reverse("patient:article", args=["hurt-and-harm"]) in words(answer)


def test_progress_lists_sessions_with_how_the_next_morning_took_them(page, episode, clock):
    factories.check_in(episode.patient, DAY_5, session={"status": "done", "pain": 1})
    too_much = {"status": "part", "pain": 7, "stopped": True}
    factories.check_in(episode.patient, DAY_5 + timedelta(days=1), session=too_much)
    clock.move_to(factories.at(DAY_5 + timedelta(days=1), 20))
    answer = page.get(reverse("patient:progress"))
    assert [each.grade for each in answer.context["page"].sessions] == ["red", "green"]
    assert "Stopped, or moved differently" in words(answer) and "Settled well" in words(answer)


def test_progress_shows_the_latest_readiness_checklist(page, episode):
    record_readiness(episode.patient, {"bridge"}, factories.at(DAY_5))
    readiness = page.get(reverse("patient:progress")).context["page"].readiness
    assert not readiness.is_passed and [item for item, passed in readiness.items if passed] == ["bridge"]
