"""Who unsubscribed gets no routine letters and every other; an address that takes no mail is known."""

import pytest

from recovery.channels import AddressRefused, Permanent
from recovery.models import Delivery, EmailStanding, OutboxMessage
from recovery.services import email_standing, outbox
from tests.factories import DAY_1, at, make_user, open_episode

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)


def tell(person, kind, priority):
    outbox.write([outbox.message(kind, kind, NOW, recipient=person, priority=priority, episode=open_episode(person))])
    return OutboxMessage.objects.get(key=kind)


def deliver(send=lambda row, now: None):
    outbox.deliver_due(lambda: NOW, send)


def refuse(row, now):
    raise AddressRefused("recipient refused [550]")


def test_a_routine_letter_to_somebody_who_unsubscribed_is_withheld_and_says_why():
    person = make_user()
    row = tell(person, "silence_nudge", OutboxMessage.Priority.ROUTINE)
    email_standing.unsubscribe(person, NOW)
    deliver()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withheld", "unsubscribed")


def test_a_letter_about_safety_goes_to_somebody_who_unsubscribed():
    person = make_user()
    email_standing.unsubscribe(person, NOW)
    row = tell(person, "red_flag_patient", OutboxMessage.Priority.SAFETY)
    deliver()
    row.refresh_from_db()
    assert row.state == "sent"


def test_the_first_time_counts():
    person = make_user()
    email_standing.unsubscribe(person, NOW)
    email_standing.unsubscribe(person, at(DAY_1, 13))
    assert EmailStanding.objects.get().unsubscribed_at == NOW


def test_an_address_that_was_refused_is_remembered_and_forgotten_when_it_works():
    person = make_user()
    tell(person, "red_flag_patient", OutboxMessage.Priority.SAFETY)
    deliver(refuse)
    assert email_standing.standing_of(person).refused_address == person.email
    Delivery.objects.update(state="due", ended_at=None)
    deliver()
    assert email_standing.standing_of(person).refused_address == ""


def test_a_refused_letter_says_nothing_about_the_address():
    def send(row, now):
        raise Permanent("server answered 554")

    tell(make_user(), "red_flag_patient", OutboxMessage.Priority.SAFETY)
    deliver(send)
    assert not EmailStanding.objects.exists()
