"""Today: the question, then the answer, and who reads it."""

from datetime import timedelta

from django.urls import reverse

from recovery.models import Escalation
from recovery.services import episodes
from tests import factories

from .conftest import DAY_5, post_check_in, words

TODAY = reverse("patient:today")


def test_before_the_check_in_each_number_opens_it(page, episode):
    shown = words(page.get(TODAY))
    assert f'action="{reverse("patient:check_in")}"' in shown
    assert shown.count('name="average"') == 11


def test_after_the_check_in_the_decision_stands_in_one_line(page, episode):
    post_check_in(page)
    shown = words(page.get(TODAY))
    assert reverse("patient:decision", args=[DAY_5]) in shown
    assert reverse("patient:correct", args=[DAY_5]) in shown
    assert 'name="average"' not in shown


def test_the_phase_and_the_day_in_it_are_named(page, episode):
    assert "Phase 3 of 5, day 5" in words(page.get(TODAY))


def test_a_missed_day_is_a_gap_and_not_a_zero(page, patient, clock):
    factories.open_episode(patient)
    factories.check_in(patient, factories.DAY_1)
    assert "No check-in" in words(page.get(TODAY))


def test_todays_activities_lead_to_their_pages(page, episode):
    assert 'href="/exercises/' in words(page.get(TODAY))


def test_a_patient_alone_is_told_that_nobody_reads(page, episode):
    assert "Nobody else reads your entries" in words(page.get(TODAY))


def test_a_patient_who_shares_is_told_who_reads_and_when(page, episode, patient):
    clinic = factories.make_clinic(reading_times="weekdays, 8 to 17")
    factories.make_clinician(clinic)
    factories.share(patient, clinic)
    shown = words(page.get(TODAY))
    assert "Harbour Street Physio can read your diary" in shown
    assert "weekdays, 8 to 17" in shown


def test_a_notice_says_what_it_means_and_what_to_do(page, patient, clock):
    start = DAY_5 - timedelta(days=4)
    factories.open_episode(patient, onset_on=start - timedelta(days=30), average=4)
    for number in range(5):
        factories.check_in(patient, start + timedelta(days=number), average=4, worst=5)
    shown = words(page.get(TODAY))
    assert "A few weeks have passed" in shown
    assert "Book a doctor or physiotherapist" in shown


def test_only_the_most_urgent_notice_stands_open(page, episode):
    for code, urgency in (("E1", "AD"), ("E5", "WD"), ("E2", "RT")):
        Escalation.objects.create(
            episode=episode, code=code, urgency=urgency, day=DAY_5, raised_at=factories.at(DAY_5, 8)
        )
    shown = words(page.get(TODAY))
    assert "2 more notices" in shown
    assert shown.index("Pain is going up") < shown.index("2 more notices") < shown.index("A few weeks have passed")


def test_a_clinicians_reason_stands_on_today_with_their_name(page, episode, patient):
    clinic = factories.make_clinic()
    factories.share(patient, clinic)
    clinician = factories.make_clinician(clinic, display_name="Tom Achterberg")
    until = DAY_5 + timedelta(days=3)
    episodes.override(episode.pk, "heat_cold", "", "Slow and steady.", until, clinician, factories.at(DAY_5, 10))
    shown = words(page.get(TODAY))
    assert "From Tom Achterberg" in shown
    assert "Slow and steady." in shown


def test_after_two_silent_weeks_the_starting_questions_come_first(page, patient, clock):
    factories.open_episode(patient)
    factories.check_in(patient, factories.DAY_1)
    later = factories.DAY_1 + timedelta(days=20)
    clock.move_to(factories.at(later))
    post_check_in(page, later)
    shown = words(page.get(TODAY))
    assert "Welcome back" in shown
    assert f'href="{reverse("patient:intake")}"' in shown
    assert 'href="/exercises/' not in shown


def test_yesterday_is_offered_in_the_morning_when_it_is_missing(page, patient, clock):
    factories.open_episode(patient)
    clock.move_to(factories.at(DAY_5, 9))
    assert "?day=yesterday" in words(page.get(TODAY))
    factories.check_in(patient, DAY_5 - timedelta(days=1))
    assert "?day=yesterday" not in words(page.get(TODAY))
