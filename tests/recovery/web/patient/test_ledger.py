"""What we sent you: every message with when, by which way, and how it ended, in words."""

from datetime import timedelta

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


def test_all_messages_are_reached_in_pages_at_the_same_cost(page, message, patient, django_assert_max_num_queries):
    OutboxMessage.objects.update(created_at=NOW - timedelta(days=400), due_at=NOW - timedelta(days=400))
    outbox.write([outbox.message(f"n{n}", "silence_nudge", NOW, recipient=patient) for n in range(50)])
    assert "All messages, back to the first" in words(page.get(reverse("patient:settings")))
    costs = []
    for number, nudges, oldest in ((1, 25, 0), (2, 25, 0), (3, 0, 1)):
        with django_assert_max_num_queries(8) as asked:
            text = words(page.get(reverse("patient:sent"), {"page": number}))
        costs.append(len(asked))
        assert (text.count("A word after some quiet days"), text.count("Reminder to check in")) == (nudges, oldest)
    assert len(set(costs)) == 1


def test_nobody_reads_what_was_sent_to_others(page, message):
    OutboxMessage.objects.update(recipient=factories.make_user())
    for name in ("settings", "sent"):
        assert "Reminder to check in" not in words(page.get(reverse(f"patient:{name}")))
