"""A message leaves once or says why it did not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import Consent
from recovery.channels import Permanent, Temporary, directory
from recovery.models import Attempt, Delivery, OutboxMessage
from recovery.models.append_only import AppendOnlyError
from recovery.services import leases, outbox
from tests.factories import DAY_1, at, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)


def waiting(key="k", recipient=None, **fields) -> OutboxMessage:
    fields.setdefault("priority", OutboxMessage.Priority.ROUTINE)
    outbox.write(
        [outbox.message(key, fields.pop("kind", "reminder"), NOW, recipient=recipient or make_user(), **fields)]
    )
    return OutboxMessage.objects.get(key=key)


class Sender:
    """Notes what it was asked to send, and fails as told."""

    def __init__(self, problem=None):
        self.sent, self.problem = [], problem

    def __call__(self, delivery, now):
        self.sent.append(delivery.message.key)
        if self.problem:
            raise self.problem


def only(row: OutboxMessage) -> Delivery:
    return Delivery.objects.select_related("message").get(message=row)


def deliver(sender, now=NOW):
    return outbox.deliver_due(lambda: now, sender)


def test_a_due_message_is_sent_once():
    row, sender = waiting(), Sender()
    assert (deliver(sender), deliver(sender)) == (1, 0)
    row.refresh_from_db()
    assert sender.sent == ["k"] and (row.state, row.attempts, row.ended_at) == ("sent", 1, NOW)


def test_the_same_fact_is_written_once():
    waiting()
    waiting()
    assert OutboxMessage.objects.count() == 1


def test_a_message_is_not_sent_before_it_is_due():
    waiting(due_at=NOW + timedelta(minutes=1))
    assert deliver(Sender()) == 0


def test_safety_leaves_before_routine():
    for n in range(3):
        waiting(f"routine{n}")
    waiting("safety", kind="red_flag_patient", priority=OutboxMessage.Priority.SAFETY, episode=open_episode())
    sender = Sender()
    deliver(sender)
    assert sender.sent[0] == "safety"


def test_a_sender_that_died_holding_a_message_loses_it_to_the_next(monkeypatch):
    row, sender = waiting(), Sender()
    outbox._claim(only(row), NOW)
    up = leases.uptime()
    monkeypatch.setattr(leases, "uptime", lambda: leases.Uptime(up.boot, up.seconds + 59))
    assert deliver(sender) == 0
    monkeypatch.setattr(leases, "uptime", lambda: leases.Uptime(up.boot, up.seconds + 61))
    assert deliver(sender) == 1


def test_a_clock_set_forward_frees_no_live_claim():
    row, sender = waiting(), Sender()
    outbox._claim(only(row), NOW)
    assert deliver(sender, NOW + timedelta(hours=2)) == 0


def test_a_claim_of_another_machine_ends_by_the_wall_clock():
    row, sender = waiting(), Sender()
    outbox._claim(only(row), NOW)
    Delivery.objects.update(lease_boot="another machine")
    assert deliver(sender, NOW + timedelta(seconds=59)) == 0
    assert deliver(sender, NOW + timedelta(seconds=60)) == 1


def test_only_one_of_two_senders_wins_a_row():
    row = waiting()
    first, second = only(row), only(row)
    assert [outbox._claim(first, NOW), outbox._claim(second, NOW)] == [True, False]


def test_a_sender_that_lost_its_lease_cannot_settle():
    row = only(waiting())
    outbox._claim(row, NOW)
    Delivery.objects.filter(pk=row.pk).update(epoch=row.epoch + 1)
    assert outbox._settle(row, NOW, state="sent") == 0
    assert OutboxMessage.objects.get().state == "claimed"


def held_up(monkeypatch, meanwhile) -> list:
    """What a sender sends to which something happens between its claim and its sending."""
    claim, sender = outbox._claim, Sender()

    def claim_and_wait(row, now):
        won = claim(row, now)
        monkeypatch.setattr(outbox, "_claim", claim)
        meanwhile()
        return won

    monkeypatch.setattr(outbox, "_claim", claim_and_wait)
    outbox.deliver_due(lambda: NOW, sender, limit=1)
    return sender.sent


def test_a_sender_held_up_until_its_lease_has_run_out_sends_nothing(monkeypatch):
    waiting("one")
    up = leases.uptime()
    later = lambda: leases.Uptime(up.boot, up.seconds + 61)  # noqa: E731
    assert held_up(monkeypatch, lambda: monkeypatch.setattr(leases, "uptime", later)) == []
    sender = Sender()
    assert (deliver(sender), sender.sent) == (1, ["one"])


def test_a_sender_held_up_until_another_has_its_message_sends_nothing(monkeypatch):
    waiting("one")
    assert held_up(monkeypatch, lambda: Delivery.objects.update(epoch=2)) == []
    assert Delivery.objects.get().state == "claimed"


def test_a_sender_that_is_not_held_up_sends(monkeypatch):
    waiting("one")
    assert held_up(monkeypatch, lambda: None) == ["one"]


def test_an_attempt_is_on_record_before_anything_leaves():
    waiting()
    seen = []
    outbox.deliver_due(lambda: NOW, lambda row, now: seen.extend(Attempt.objects.values_list("finished_at", flat=True)))
    assert seen == [None]
    assert Attempt.objects.get().outcome == "sent"


def test_attempts_are_history():
    waiting()
    deliver(Sender(Temporary("server answered 451")))
    with pytest.raises(AppendOnlyError):
        Attempt.objects.update(outcome="sent")
    with pytest.raises(AppendOnlyError):
        Attempt.objects.all().delete()
    assert Attempt.objects.finish(Delivery.objects.get(), NOW, "sent") == 0


def test_the_id_of_a_message_comes_from_its_key():
    assert waiting("one").pk == outbox.message("one", "reminder", NOW).pk != waiting("two").pk


def test_what_becomes_urgent_meanwhile_overtakes_the_rest():
    for n in range(3):
        waiting(f"routine{n}")
    episode, sent = open_episode(), []

    def send(delivery, now):
        sent.append(delivery.message.key)
        waiting("safety", kind="red_flag_patient", priority=OutboxMessage.Priority.SAFETY, episode=episode)

    outbox.deliver_due(lambda: NOW, send)
    assert sent[1] == "safety" and len(sent) == 4


def test_a_sender_may_keep_to_one_class():
    waiting("routine")
    waiting("safety", kind="red_flag_patient", priority=OutboxMessage.Priority.SAFETY, episode=open_episode())
    sender = Sender()
    assert outbox.deliver_due(lambda: NOW, sender, priorities=[OutboxMessage.Priority.SAFETY]) == 1
    assert sender.sent == ["safety"]


def test_a_message_is_sent_when_one_of_its_ways_worked(monkeypatch):
    monkeypatch.setitem(directory.CHANNELS, "sms", directory.CHANNELS["email"])
    row = waiting()
    Delivery.objects.create(message=row, channel="sms", endpoint="x", priority=0, due_at=NOW, state="due")
    outbox.deliver_due(lambda: NOW, send_all_but("email"))
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_message_fails_when_none_of_its_ways_can_work():
    row = waiting()
    deliver(Sender(Permanent("no such user")))
    row.refresh_from_db()
    assert (row.state, row.reason, row.last_error) == ("failed", "refused", "no such user")


def send_all_but(channel):
    def send(delivery, now):
        if delivery.channel == channel:
            raise Permanent("refused")

    return send


def test_no_message_is_begun_after_the_time_is_up():
    waiting("first")
    waiting("second")
    clock = iter(NOW + timedelta(seconds=n) for n in range(100))
    sender = Sender()
    assert outbox.deliver_due(lambda: next(clock), sender, until=NOW + timedelta(seconds=5)) == 1
    assert len(sender.sent) == Delivery.objects.filter(state="due").count() == 1


def test_a_passing_failure_is_tried_again_later():
    row = waiting()
    assert deliver(Sender(Temporary("server answered 451"))) == 0
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("due", "server answered 451")
    assert NOW < row.due_at <= NOW + timedelta(seconds=30)


def test_somebody_known_to_need_time_is_given_more_of_it():
    row = waiting()
    deliver(Sender(Temporary("mailbox full", is_soon=False)))
    row.refresh_from_db()
    assert timedelta(minutes=2) < row.due_at - NOW <= timedelta(minutes=5)


def test_waits_grow_to_an_hour_and_no_further():
    row = waiting()
    Delivery.objects.update(tries=20)
    deliver(Sender(Temporary("down")))
    row.refresh_from_db()
    assert timedelta(minutes=30) <= row.due_at - NOW <= timedelta(hours=1)


def test_a_refused_address_fails_and_says_so():
    row = waiting()
    deliver(Sender(Permanent("recipient refused [550]")))
    row.refresh_from_db()
    assert (row.state, row.reason) == ("failed", "refused")


def test_a_poison_message_does_not_jam_the_line():
    waiting("poison")
    waiting("fine")

    def send(delivery, now):
        if delivery.message.key == "poison":
            raise KeyError("template")

    assert deliver(send) == 1
    assert OutboxMessage.objects.get(key="fine").state == "sent"


def test_what_is_too_late_lapses():
    waiting(not_after=NOW + timedelta(hours=1))
    assert outbox.lapse_overdue(NOW + timedelta(hours=2)) == 1
    assert OutboxMessage.objects.get().state == "lapsed"


def test_a_clinician_whose_patient_withdrew_consent_is_not_told():
    clinic, patient = make_clinic(), make_user()
    clinician = make_clinician(clinic)
    share(patient, clinic)
    episode = open_episode(patient)
    waiting(kind="escalation_clinic", recipient=clinician, episode=episode)
    Consent.objects.update(withdrawn_at=NOW)
    sender = Sender()
    deliver(sender)
    row = OutboxMessage.objects.get()
    assert sender.sent == [] and (row.state, row.reason) == ("withheld", "consent_withdrawn")


def test_a_message_the_table_refuses_is_an_error_and_not_a_silence():
    with pytest.raises(IntegrityError, match="a_safety_message_never_lapses"):
        waiting(priority=OutboxMessage.Priority.SAFETY, not_after=NOW)
