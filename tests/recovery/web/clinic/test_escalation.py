"""Taking and closing an escalation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import Acknowledgement, OutboxMessage, Resolution
from recovery.services import escalations, outbox
from tests import factories as make

from .conftest import NOW, TODAY, raised


def post(door, name, escalation, **answers):
    return door.post(reverse(f"clinic:{name}", args=[escalation.pk]), answers)


def page(door, escalation):
    return door.get(reverse("clinic:escalation", args=[escalation.pk])).text


def test_taking_an_escalation_says_who_has_it(door, escalation):
    assert post(door, "acknowledge", escalation, note="Calling at nine.").status_code == 302
    assert "Taken by Tom Achterberg" in page(door, escalation)
    assert "Calling at nine." in page(door, escalation)


def test_the_second_clinician_is_told_who_was_first_and_keeps_their_note(door, escalation, colleague):
    escalations.acknowledge(escalation.pk, colleague, NOW)
    response = post(door, "acknowledge", escalation, note="Mine too")
    assert response.status_code == 409
    assert "Priya Raman has already taken this." in response.text
    assert Acknowledgement.objects.get().made_by == colleague


def test_taking_it_twice_changes_nothing_more(door, escalation):
    post(door, "acknowledge", escalation)
    assert post(door, "acknowledge", escalation).status_code == 302
    assert Acknowledgement.objects.count() == 1


def test_closing_needs_a_note(door, escalation):
    response = post(door, "resolve", escalation, outcome="reviewed", note="  ")
    assert response.status_code == 400
    assert "Write a short note on what was done." in response.text
    assert not Resolution.objects.exists()


def test_closing_needs_a_known_outcome_and_keeps_the_note(door, escalation):
    response = post(door, "resolve", escalation, outcome="magic", note="Seen this morning")
    assert response.status_code == 400
    assert "Seen this morning" in response.text
    assert not Resolution.objects.exists()


def test_closing_keeps_outcome_and_note_and_leads_to_the_patient(door, escalation):
    response = post(door, "resolve", escalation, outcome="referred", note="Sent to the spine clinic")
    assert response.url == reverse("clinic:patient", args=[escalation.episode_id])
    assert "Sent to the spine clinic" in page(door, escalation)
    assert Resolution.objects.get().outcome == "referred"


def test_closing_twice_tells_that_it_is_closed(door, escalation, colleague):
    escalations.resolve(escalation.pk, colleague, "reached", "Fine again", NOW)
    response = post(door, "resolve", escalation, outcome="reviewed", note="Me too")
    assert response.status_code == 409
    assert "This has already been closed. Priya Raman closed it." in response.text
    assert Resolution.objects.count() == 1


def test_a_closed_escalation_offers_no_buttons(door, escalation, colleague):
    escalations.resolve(escalation.pk, colleague, "reached", "Fine again", NOW)
    assert "Save and close" not in page(door, escalation)


def test_the_page_says_why_in_figures_and_what_the_patient_was_told(door, episode):
    text = page(door, raised(episode, "E7", "WD", figures={"averages": [8, 9]}))
    assert "8, 9" in text
    assert "Somebody should look within days." in text
    assert "was told" in text


def test_a_warning_sign_is_shown_in_the_words_that_were_ticked(door, episode):
    text = page(door, raised(episode, "RF02", "EM", figures={"flags": ["RF02"]}))
    assert "New bladder trouble" in text
    assert "New trouble starting or stopping your pee" in text
    assert "Stop here. Please get medical help now." in text


def test_time_left_to_take_it_turns_into_time_past(door, episode):
    in_time = raised(episode, "E7", "WD", at=NOW - timedelta(hours=47))
    late = raised(episode, "E5", "WD", at=NOW - timedelta(hours=50))
    assert "left to take it" in page(door, in_time)
    assert "past its time" in page(door, late)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"state": "sent", "ended_at": NOW}, "Sent"),
        ({"state": "failed", "reason": "refused", "ended_at": NOW}, "Not delivered"),
        ({"state": "withheld", "reason": "no_channel", "ended_at": NOW}, "no way to reach them"),
        ({"state": "withheld", "reason": "resolved", "ended_at": NOW}, "it was closed before"),
        ({"state": "due"}, "Waiting to leave"),
        ({"state": "due", "created_at": NOW - timedelta(hours=1)}, "Not delivered yet"),
        ({"state": "due", "attempts": 3}, "tried 3 times"),
    ],
)
def test_each_message_says_whether_it_arrived(door, escalation, clinician, state, words):
    outbox.write([outbox.message("k", "escalation_clinic", NOW, escalation=escalation, recipient=clinician)])
    OutboxMessage.objects.update(**state)
    assert words in page(door, escalation)


def test_a_real_warning_sign_reaches_this_page(door, patient, episode):
    make.check_in(patient, TODAY, red_flags=("RF01",))
    assert "Saddle numbness" in page(door, episode.escalations.get(code="RF01"))


def test_a_name_that_is_markup_stays_text(door, patient, escalation):
    patient.display_name = "<script>alert(1)</script>"
    patient.save()
    assert "<script>alert" not in page(door, escalation)


def test_the_page_says_what_happens_next_if_nobody_takes_it(door, patient, episode):
    make.check_in(patient, TODAY, made_at=NOW, red_flags=("RF01",))
    escalation = episode.escalations.get(code="RF01")
    text = page(door, escalation)
    assert "If nobody takes it" in text and "20:30" in text and "the leads of the clinic" in text
    post(door, "acknowledge", escalation)
    assert "it opens again for everybody" in page(door, escalation)


def test_a_colleague_takes_over_and_both_stand_in_what_happened(door, escalation, colleague, clinician):
    escalations.acknowledge(escalation.pk, colleague, NOW, "Mine until Friday.")
    assert "Take over from Priya Raman" in page(door, escalation)
    assert post(door, "take_over", escalation, holder=colleague.pk, note="She is away.").status_code == 302
    text = page(door, escalation)
    assert "Taken by Tom Achterberg." in text and "Taken by Priya Raman." in text and "She is away." in text
    assert "Take over from" not in text


def test_whoever_takes_over_too_late_is_told_who_has_it_now(door, escalation, clinic, colleague):
    third = make.make_clinician(clinic, display_name="Ana Kos")
    escalations.acknowledge(escalation.pk, colleague, NOW)
    escalations.take_over(escalation.pk, third, colleague.pk, NOW)
    response = post(door, "take_over", escalation, holder=colleague.pk)
    assert response.status_code == 409
    assert "Ana Kos has already taken this." in response.text


def test_taking_over_from_nobody_in_particular_is_refused(door, escalation, colleague):
    escalations.acknowledge(escalation.pk, colleague, NOW)
    assert post(door, "take_over", escalation, holder="somebody").status_code == 400
    assert Acknowledgement.objects.count() == 1


def test_a_message_that_did_not_arrive_is_said_at_the_top_with_the_way_it_went(door, escalation, clinician):
    outbox.write([outbox.message("k", "escalation_clinic", NOW, escalation=escalation, recipient=clinician)])
    assert "A message was not delivered" not in page(door, escalation)
    OutboxMessage.objects.update(state="failed", reason="refused", ended_at=NOW)
    text = page(door, escalation)
    assert "A message was not delivered" in text and "by e-mail" in text


def test_what_happened_stands_in_the_order_of_time(door, escalation, clinician):
    outbox.write([outbox.message("k", "escalation_clinic", NOW, escalation=escalation, recipient=clinician)])
    OutboxMessage.objects.update(created_at=NOW - timedelta(minutes=1))
    post(door, "acknowledge", escalation)
    text = page(door, escalation)
    assert text.index("Taken by Tom Achterberg.") < text.index("To the clinic, Tom Achterberg")
