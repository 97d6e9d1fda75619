"""The page Today: what waits with one tap to act, what was done, and what a clinician notes for later."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Consent
from recovery.models import FollowUp
from tests import factories as make

from .conftest import NOW, TODAY, raised

DAY = reverse("clinic:day")
KEY = "6f1f0f0e-7c0a-4d3e-9a34-000000000001"


def words(response) -> str:
    return " ".join(response.text.split())


def note(door, episode, **changes):
    sent = {"text": "Ask about the shoes", "due_on": TODAY.isoformat(), "key": KEY, **changes}
    return door.post(reverse("clinic:follow_up", args=[episode.pk]), sent)


def tick(door, name="follow_up_done"):
    return door.post(reverse(f"clinic:{name}", args=[FollowUp.objects.get().pk]))


def test_a_notice_nobody_has_taken_is_taken_with_one_tap(door, episode):
    escalation = raised(episode, "RF11", "SD")
    text = words(door.get(DAY))
    assert "1 thing to do today" in text and "Marek Dvořák" in text and "Nobody has taken these" in text
    door.post(reverse("clinic:acknowledge", args=[escalation.pk]))
    text = words(door.get(DAY))
    assert "You have these: record what happened" in text and "you took a notice" in text


def test_the_look_is_written_down_for_everybody_on_the_page(door, episode, patient):
    raised(episode)
    door.get(DAY)
    event = AuditEvent.objects.get()
    assert event.what == "clinic:day" and [row.patient for row in event.patients.all()] == [patient.pk]


def test_an_empty_day_says_so_and_leaves_no_line(door, clinic):
    assert "Nothing left to do today" in words(door.get(DAY)) and not AuditEvent.objects.exists()


def test_a_note_is_written_shown_ticked_off_and_put_back(door, episode):
    assert note(door, episode).status_code == 302
    assert "Ask about the shoes" in words(door.get(DAY))
    tick(door)
    assert "Done today" in words(door.get(DAY)) and FollowUp.objects.get().done_at == NOW
    tick(door, "follow_up_again")
    assert "Done today" not in words(door.get(DAY)) and "What you noted" in words(door.get(DAY))


def test_the_patient_s_page_leads_to_the_form(door, episode):
    page = words(door.get(reverse("clinic:patient", args=[episode.pk])))
    assert reverse("clinic:follow_up", args=[episode.pk]) in page


def test_a_note_for_later_stays_out_of_today(door, episode):
    note(door, episode, due_on=(TODAY + timedelta(days=3)).isoformat())
    assert "Ask about the shoes" not in words(door.get(DAY)) and FollowUp.objects.exists()


def test_a_note_sent_twice_is_one(door, episode):
    assert [note(door, episode).status_code for _ in range(2)] == [302, 302]
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Write what you want to do"),
        ({"text": "x" * 201}, "200 characters"),
        ({"due_on": ""}, "Choose a day"),
        ({"due_on": "yesterday"}, "valid date"),
        ({"due_on": "2026-01-01"}, "Choose today or a later day"),
        ({"key": "x"}, "send it again"),
    ],
)
def test_a_note_with_a_slip_gets_a_sentence_and_is_not_kept(door, episode, changes, sentence):
    answer = note(door, episode, **changes)
    assert answer.status_code == 400 and sentence in words(answer) and not FollowUp.objects.exists()


def test_a_colleague_cannot_tick_off_mine_and_a_stranger_finds_nothing(door, client, episode, colleague):
    note(door, episode)
    for person in (colleague, make.make_clinician(make.make_clinic("Mill Lane"))):
        client.force_login(person)
        assert tick(client).status_code == 404 and "shoes" not in words(client.get(DAY))
    assert client.get(reverse("clinic:follow_up", args=[episode.pk])).status_code == 404
    assert FollowUp.objects.get().done_at is None


def test_who_no_longer_shares_is_gone_from_the_day(door, episode, patient):
    note(door, episode)
    Consent.objects.update(withdrawn_at=NOW)
    assert patient.display_name not in words(door.get(DAY)) and tick(door).status_code == 404


def test_my_list_narrows_the_day(door, episode):
    raised(episode)
    assert "Nothing left to do today" in words(door.get(DAY, {"who": "mine"}))
    door.post(reverse("clinic:care", args=[episode.pk]))
    assert "1 thing to do today" in words(door.get(DAY, {"who": "mine"}))


def test_a_clinician_without_a_clinic_is_told_so(client, db):
    client.force_login(make.make_user("clinician"))
    assert "No clinic yet" in words(client.get(DAY))
