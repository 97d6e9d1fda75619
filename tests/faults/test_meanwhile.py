"""What changes while a message is on its way counts: who has spoken, who has withdrawn, who sleeps."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Consent
from deploy import processes
from recovery.models import Attempt, Delivery, OutboxMessage, ReminderSetting
from recovery.services import outbox
from tests.bench.crowd import zone_at

from . import letters, story

PEOPLE, BEFORE, NIGHT_OWLS = 60, 10, 8
P = OutboxMessage.Priority


def too_late(kind: str, since: dict, of) -> list:
    """Messages of a kind whose sending began after the instant from which they must not leave."""
    begun = Attempt.objects.filter(delivery__message__kind=kind, outcome="sent")
    rows = begun.select_related("delivery__message__episode")
    return [row for row in rows if row.started_at > since.get(of(row.delivery.message), timezone.now())]


def while_mail_flows(sink, rnd, people, act) -> dict:
    """Acts for one person after the other while messages leave; when each act was done."""
    done = {}
    for person in rnd.sample(people, len(people)):
        before = sink.size()
        act(person)
        done[person.pk] = timezone.now()
        processes.wait_until(lambda before=before: sink.size() > before or not letters.left(), seconds=5, pause=0.005)
    return done


def answered(senders, sink, rnd, bug="", count=PEOPLE) -> list:
    """People check in, some from a phone that was offline, while their reminders leave."""
    now = timezone.now()
    people = story.patients(count, now, days_ago=1)
    story.calm_days(people[:BEFORE], now)
    story.reminders_due(people, now)
    sink.slowest = 0.1
    senders.start(1, bug)
    processes.wait_until(lambda: sink.size() > 0, seconds=40, pause=0.01)
    made_at = now - timedelta(hours=1)
    done = while_mail_flows(sink, rnd, people[BEFORE:], lambda person: story.checks_in(person, made_at))
    processes.wait_until(lambda: not story.waiting(), seconds=60, pause=0.1)
    wrong = too_late("reminder", done, lambda message: message.recipient_id)
    rows = OutboxMessage.objects.filter(kind="reminder")
    spared = rows.filter(state="withheld", reason="already_checked_in").count()
    sent, all_of_them = rows.filter(state="sent").count(), rows.count()
    return [
        ("N5 reminders sent to people who had checked in", 0, len(wrong), not wrong),
        ("N5 reminders written for people done before", count - BEFORE, all_of_them, all_of_them == count - BEFORE),
        (
            "N5 withheld on their way, all others sent",
            all_of_them,
            spared + sent,
            0 < spared < spared + sent == all_of_them,
        ),
    ]


def test_a_reminder_on_its_way_stops_when_somebody_has_checked_in(senders, sink, rnd, report):
    report(*answered(senders, sink, rnd))


def withdrawn(senders, sink, rnd, bug="", count=PEOPLE) -> list:
    """Patients stop sharing while letters about them leave for the clinic."""
    now = timezone.now()
    people = story.patients(count, now, days_ago=1)
    story.warning_signs(people, now)
    sink.slowest = 0.1
    senders.start(1, bug)
    processes.wait_until(lambda: sink.size() > 0, seconds=40, pause=0.01)
    withdraw = lambda person: Consent.objects.filter(patient=person).update(withdrawn_at=timezone.now())  # noqa: E731
    done = while_mail_flows(sink, rnd, people, withdraw)
    processes.wait_until(lambda: not letters.left(), seconds=60, pause=0.1)
    wrong = too_late("red_flag_clinic", done, lambda message: message.episode.patient_id)
    spared = OutboxMessage.objects.filter(kind="red_flag_clinic", reason="consent_withdrawn").count()
    own = OutboxMessage.objects.filter(kind="red_flag_patient", state="sent").count()
    return [
        ("N8 F16 letters to a clinic no longer shared with", 0, len(wrong), not wrong),
        ("N8 F16 letters withheld on their way", "> 0", spared, spared > 0),
        ("N2 patients told of their own warning sign", count, own, own == count),
    ]


def test_a_letter_on_its_way_stops_when_consent_is_withdrawn(senders, sink, rnd, report):
    report(*withdrawn(senders, sink, rnd))


@pytest.mark.sqlite_only  # about this test, not about the database
@pytest.mark.parametrize("story_of", [answered, withdrawn])
def test_a_sender_that_does_not_ask_again_would_be_caught(story_of, senders, sink, rnd, report):
    report.broken_by("deaf", *story_of(senders, sink, rnd, "deaf", count=30))


def at_night(senders, sink, tmp_path, bug="") -> list:
    """Messages of every class to people who sleep, and three routine ones to somebody who takes two a day."""
    senders.env["FAULT_CLOCK"] = str(tmp_path / "clock")
    senders.set_clock(0)
    now = timezone.now()
    owls = story.patients(NIGHT_OWLS, now, days_ago=1, zone=zone_at(now, 23))
    (awake,) = story.patients(1, now, days_ago=1)
    ReminderSetting.objects.create(patient=awake, daily_cap=2)
    outbox.write([_word(person, now, priority) for person in owls for priority in (P.SAFETY, P.ACCOUNT, P.ROUTINE)])
    outbox.write([_word(awake, now - timedelta(minutes=n), P.ROUTINE, n) for n in range(3)])
    senders.start(1, bug)
    processes.wait_until(lambda: not Delivery.objects.due_by(timezone.now()).exists(), seconds=30, pause=0.1)
    time.sleep(1)
    soon = {priority: _sent(owls, priority) for priority in P}
    senders.set_clock(8 * 3600)
    processes.wait_until(lambda: not letters.left(), seconds=30, pause=0.1)
    later = _sent(owls, P.ROUTINE)
    over = OutboxMessage.objects.filter(recipient=awake, state="withheld", reason="budget").count()
    return [
        ("N6 messages about safety at night, at once", NIGHT_OWLS, soon[P.SAFETY], soon[P.SAFETY] == NIGHT_OWLS),
        ("N6 messages about the account at night, at once", NIGHT_OWLS, soon[P.ACCOUNT], soon[P.ACCOUNT] == NIGHT_OWLS),
        ("N6 routine messages at night", 0, soon[P.ROUTINE], not soon[P.ROUTINE]),
        ("N6 the same when the quiet hours are over", NIGHT_OWLS, later, later == NIGHT_OWLS),
        ("N6 the third of a day for who takes two, withheld", 1, over, over == 1),
    ]


def _word(person, now, priority, n=0):
    key = f"night:{person.pk}:{priority}:{n}"
    return outbox.message(key, "on_duty", now, recipient=person, priority=priority)


def _sent(people, priority) -> int:
    return OutboxMessage.objects.filter(recipient__in=people, priority=priority, state="sent").count()


def test_quiet_hours_and_the_cap_hold_routine_messages_alone(senders, sink, tmp_path, report):
    report(*at_night(senders, sink, tmp_path))


@pytest.mark.sqlite_only  # about this test, not about the database
@pytest.mark.parametrize("bug", ["noisy", "strict"])
def test_a_sender_that_minds_the_night_wrongly_would_be_caught(bug, senders, sink, tmp_path, report):
    report.broken_by(bug, *at_night(senders, sink, tmp_path, bug))
