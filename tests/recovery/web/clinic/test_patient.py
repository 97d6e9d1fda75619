"""One patient's page: the days, the decisions and what was sent."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from recovery.models import OutboxMessage
from recovery.rules.rotation import Rotating, RunDetails
from recovery.services import check_ins, escalations, outbox
from recovery.services.episodes import close
from tests import factories as make

from .conftest import NOW, TODAY, raised


def seen(door, episode, query="") -> str:
    text = unescape(door.get(reverse("clinic:patient", args=[episode.pk]) + query).text)
    return " ".join(text.split())


def test_the_head_names_person_plan_and_day(door, episode):
    text = seen(door, episode)
    assert "<h1>Marek Dvořák</h1>" in text
    assert "version 1, day 10" in text


def test_a_day_shows_answers_and_the_decision_with_its_figures(door, patient, episode):
    make.check_in(patient, TODAY, average=3, worst=5, session={"status": "done", "pain": 2, "brisk_walk": True})
    text = seen(door, episode)
    assert "Average 3, worst 5, morning 3, normal day 3." in text
    assert "Session done, pain 2 in it. Brisk walk." in text
    assert "Findings and figures" in text


def test_what_is_asked_only_now_and_then_stands_with_its_day(door, patient, episode):
    first = make.entry(TODAY, session={"status": "done", "pain": 1})
    told = Rotating("over_30", 4, 7, "left", RunDetails(20, 3500, "road", True, "new"))
    check_ins.record(patient, replace(first, rotating=told), NOW)
    text = seen(door, episode)
    assert "Sleep 4. Activity missed most 7. Stiff for more than 30 minutes. Left side weaker or tighter." in text
    assert "Ran 20 min. 3.5 km. On the road. With hills. New shoes." in text


def test_days_without_a_check_in_are_named_not_left_out(door, patient, episode):
    make.check_in(patient, make.DAY_1)
    make.check_in(patient, make.DAY_1 + timedelta(days=4))
    assert "No check-in for 3 days" in seen(door, episode)


def test_today_is_not_held_against_anybody(door, episode, patient):
    make.check_in(patient, TODAY - timedelta(days=1))
    assert "No check-in yet today" in seen(door, episode)


def test_a_correction_shows_both_answers(door, patient, episode):
    first = make.check_in(patient, TODAY, average=2, worst=3)
    check_ins.correct(patient, make.entry(TODAY, key=first.check_in.key, average=6, worst=8), NOW)
    text = seen(door, episode)
    assert "corrected once" in text
    assert "Average 6, worst 8" in text
    assert "Average 2, worst 3" in text


def test_a_late_entry_is_marked_as_a_note_the_rules_did_not_read(door, patient, episode):
    day = TODAY - timedelta(days=5)
    entry = make.entry(day, made_at=NOW)
    check_ins.record(patient, entry, NOW)
    assert "the rules did not read it" in seen(door, episode)


def test_ticked_warning_signs_are_on_record(door, patient, episode):
    make.check_in(patient, TODAY, red_flags=("RF11",))
    text = seen(door, episode)
    assert "New and worsening symptoms in one leg" in text
    assert "Plan off: warning sign" in text
    assert "Record a clearance" in text


def test_an_open_escalation_can_be_taken_from_here(door, episode, escalation):
    assert reverse("clinic:acknowledge", args=[escalation.pk]) in seen(door, episode)


def test_a_closed_escalation_stays_on_record(door, episode, escalation, colleague):
    escalations.resolve(escalation.pk, colleague, "referred", "Sent on", NOW)
    text = seen(door, episode)
    assert "Sent on to another professional" in text
    assert reverse("clinic:acknowledge", args=[escalation.pk]) not in text


def test_the_ledger_says_what_was_sent_and_why_not(door, patient, episode):
    outbox.write([outbox.message("k", "reminder", NOW, recipient=patient, episode=episode, priority=2)])
    OutboxMessage.objects.update(state="withheld", reason="already_checked_in", ended_at=NOW)
    assert "Not sent, they had checked in." in seen(door, episode)


def test_every_message_about_them_is_reached_in_pages_and_the_look_is_written_down(door, patient, episode):
    outbox.write([outbox.message(f"n{n}", "silence_nudge", NOW, recipient=patient, episode=episode) for n in range(30)])
    outbox.write([outbox.message("k", "reminder", NOW - timedelta(days=9), recipient=patient, episode=episode)])
    ledger = reverse("clinic:ledger", args=[episode.pk])
    assert ledger in seen(door, episode)
    newest, oldest = (door.get(ledger, {"page": number}).text for number in (1, 2))
    assert newest.count("Message after quiet days") == 25 and "Reminder to check in" not in newest
    assert oldest.count("Message after quiet days") == 5 and "Reminder to check in" in oldest
    assert AuditEvent.objects.filter(what="clinic:ledger", patients__patient=patient.pk).count() == 2


def test_the_starting_answers_are_there(door, episode):
    assert "average 3, worst 4, morning 3, normal day 3" in seen(door, episode)


@pytest.mark.parametrize("query", ["?days=30", "?days=90", "?days=all", "?days=7", "?days=%00"])
def test_every_period_opens(door, patient, episode, query):
    make.check_in(patient, TODAY)
    assert "Day by day" in seen(door, episode, query)


def test_a_patient_before_the_first_check_in_has_a_page(door, episode):
    assert "No score yet" in seen(door, episode)


def test_an_ended_episode_can_still_be_read_but_not_changed(door, episode):
    close(episode.pk, "recovered", NOW)
    text = seen(door, episode)
    assert "Ended" in text
    assert reverse("clinic:override", args=[episode.pk]) not in text


def test_the_queries_do_not_grow_with_the_history(door, patient, episode):
    def asked():
        with CaptureQueriesContext(connection) as ran:
            seen(door, episode, "?days=all")
        return len(ran)

    for number in range(2):
        make.check_in(patient, make.DAY_1 + timedelta(days=number))
    raised(episode, "E2")
    few = asked()
    for number in range(2, 9):
        make.check_in(patient, make.DAY_1 + timedelta(days=number))
    raised(episode, "E5", "WD")
    assert asked() == few <= 30
