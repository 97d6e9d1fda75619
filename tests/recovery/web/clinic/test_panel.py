"""The panel as a clinician sees it."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recovery.models import OutboxMessage
from recovery.services import escalations, outbox
from tests import factories as make

from .conftest import NOW, TODAY, raised

PANEL = "/clinic/"


def seen(door, query="") -> str:
    return unescape(door.get(PANEL + query).text)


def test_a_red_flag_stands_first_with_what_was_ticked(door, patient, episode):
    make.check_in(patient, TODAY, red_flags=("RF01",))
    text = seen(door)
    assert "1 of 1 person needs you" in text
    assert "Saddle numbness" in text
    assert "Nobody has taken this since" in text
    assert reverse("clinic:escalation", args=[episode.escalations.get(code="RF01").pk]) in text


def test_somebody_who_does_well_needs_nobody(door, patient, episode):
    for number in range(10):
        make.check_in(patient, make.DAY_1 + timedelta(days=number), average=1, worst=2)
    assert "Nobody needs you right now" in seen(door)


def test_who_took_it_is_named(door, escalation, colleague):
    escalations.acknowledge(escalation.pk, colleague, NOW)
    assert "Taken by Priya Raman" in seen(door)


def test_a_message_that_did_not_arrive_is_said_in_words_with_an_icon(door, escalation, clinician):
    outbox.write([outbox.message("k", "escalation_clinic", NOW, escalation=escalation, recipient=clinician)])
    assert "A message was not delivered" not in seen(door)
    OutboxMessage.objects.update(state="failed", reason="refused", ended_at=NOW)
    assert "A message was not delivered" in seen(door)
    assert "i-mail" in seen(door)


def test_red_is_only_for_warning_signs(door, escalation):
    assert "is-stop" not in seen(door)


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=x", "?page=999", "?group=nonsense", "?clinic=1", "?q=" + "x" * 300, "?q=%00"]
)
def test_an_unreadable_wish_counts_as_none(door, patient, episode, query):
    assert patient.display_name in seen(door, query)


def test_a_name_nobody_has_offers_everybody_again(door, episode):
    assert "Nobody like that" in seen(door, "?q=zzz")


def test_an_empty_clinic_leads_to_the_first_invitation(door):
    assert "Invite your first patient" in seen(door)


def test_a_name_that_is_markup_stays_text(door, patient, episode):
    patient.display_name = "<script>alert(1)</script>"
    patient.save()
    assert "<script>alert" not in door.get(PANEL).text


def test_a_search_in_progress_survives_the_reasons_and_pages(door, episode, escalation):
    assert "?q=mar&group=review" in seen(door, "?q=mar").replace("&amp;", "&")


def test_a_long_list_comes_in_pages(door, patient, episode, monkeypatch, clinic):
    monkeypatch.setattr("recovery.services.panel.PAGE_SIZE", 1)
    other = make.make_user(display_name="Zoe")
    make.share(other, clinic)
    make.open_episode(other)
    assert "Zoe" not in seen(door)
    assert "Page 2 of 2" in seen(door, "?page=2")
    assert "Zoe" in seen(door, "?page=2")


def test_sixty_patients_cost_as_many_queries_as_three_and_at_most_fifteen(door, clinic):
    def asked():
        with CaptureQueriesContext(connection) as ran:
            door.get(PANEL)
        return len(ran)

    def add(count):
        for number in range(count):
            person = make.make_user()
            make.share(person, clinic)
            episode = make.open_episode(person)
            make.check_in(person, make.DAY_1 + timedelta(days=number % 9))
            if number % 3 == 0:
                raised(episode, "E2")
            if number % 3 == 1:
                escalations.acknowledge(raised(episode, "RF01", "EM").pk, clinic.memberships.get().user, NOW)

    add(3)
    few = asked()
    add(57)
    assert asked() == few <= 15
