"""What we sent you: every message with when, by which way, and how it ended, in words."""

import pytest
from django.urls import reverse

from recovery.models import Delivery, OutboxMessage
from recovery.services import outbox
from tests import factories

from .conftest import DAY_5, words

NOW = factories.at(DAY_5)


@pytest.fixture
def message(patient, episode):
    outbox.write([outbox.message("k", "reminder", NOW, recipient=patient, episode=episode, priority=2)])
    OutboxMessage.objects.exclude(key="k").delete()
    return OutboxMessage.objects.get(key="k")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"state": "sent"}, "sent by e-mail"),
        ({"state": "failed", "reason": "refused"}, "could not be delivered by e-mail"),
        ({"state": "lapsed"}, "it would have come too late"),
        ({"state": "withheld", "reason": "already_checked_in"}, "you had checked in"),
        ({"state": "withheld", "reason": "quiet_hours"}, "it fell into your quiet hours"),
        ({"state": "withheld", "reason": "plan_stopped"}, "your plan was switched off"),
        ({"state": "withheld", "reason": "episode_closed"}, "your plan had ended"),
        ({"state": "withheld", "reason": "unsubscribed"}, "you stopped these letters"),
    ],
)
def test_each_message_says_how_it_ended_and_why(page, message, state, said):
    for model in (OutboxMessage, Delivery):
        model.objects.update(ended_at=NOW, **state)
    text = words(page.get(reverse("patient:settings")))
    assert "Reminder to check in" in text
    assert said in " ".join(text.replace('<span class="muted">', "").split())


def test_a_message_by_two_ways_says_how_each_went(page, message):
    Delivery.objects.update(state="sent", ended_at=NOW)
    values = {"channel": "push", "priority": 2, "due_at": NOW, "ended_at": NOW}
    Delivery.objects.create(message=message, endpoint="1", state="failed", **values)
    text = words(page.get(reverse("patient:settings")))
    assert "by e-mail (sent)" in text and "to a phone or browser (not delivered)" in text


def test_nobody_reads_what_was_sent_to_others(page, message):
    OutboxMessage.objects.update(recipient=factories.make_user())
    assert "Reminder to check in" not in words(page.get(reverse("patient:settings")))
