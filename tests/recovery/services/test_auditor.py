"""The auditor finds what was seeded, and beats only when there is nothing to find."""

from datetime import timedelta

import pytest

from recovery.models import Decision, Delivery, Escalation, OutboxMessage, Reminder, Shortfall
from recovery.rules import decide
from recovery.services import climbing, heartbeat, outbox, silence
from recovery.services.auditor import missing, rounds
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db
DAY_3 = DAY_1 + timedelta(days=2)
NOW = at(DAY_3, 21)
LATER = NOW + timedelta(minutes=6)


@pytest.fixture
def warned(db):
    """Somebody who told of a warning sign this evening; clinic and admin are there to hear of trouble."""
    make_user("admin")
    clinic = make_clinic()
    make_clinician(clinic)
    episode = open_episode()
    share(episode.patient, clinic)
    check_in(episode.patient, DAY_1)
    check_in(episode.patient, DAY_1 + timedelta(days=1))
    check_in(episode.patient, DAY_3, red_flags=("RF05",))
    all_leaves(NOW)
    return episode


def all_leaves(now):
    """Everything due climbs and leaves, and no reminder is left over."""
    while climbing.climb_due(now):
        pass
    outbox.deliver_due(lambda: now, lambda delivery, at: None)
    Reminder.objects.filter(due_at__lte=now).delete()


def kinds(now=NOW) -> set[str]:
    rounds.go_round(now)
    return {row.kind for row in Shortfall.objects.standing()}


def take_away(escalations):
    OutboxMessage.objects.filter(escalation__in=escalations).delete()
    escalations.delete()


def test_nothing_is_found_where_all_is_well(warned):
    assert rounds.go_round(NOW).is_clean
    assert heartbeat.last("auditor") == NOW


def test_a_warning_sign_nobody_was_told_of_is_found(warned):
    take_away(Escalation.objects.filter(code="RF05"))
    assert kinds() == {"missing"}
    assert Shortfall.objects.get().episode == warned


def test_a_notice_the_rules_call_for_is_found(warned, monkeypatch):
    monkeypatch.setattr(missing, "_called_for", lambda decision: ["E2"] if decision.day == DAY_3 else [])
    assert kinds() == {"missing"}


def test_silent_days_that_call_for_a_person_are_found(db):
    episode = open_episode()
    check_in(episode.patient, DAY_1)
    now = at(DAY_1 + timedelta(days=12), 20)
    while silence.watch(now):
        episode.refresh_from_db()
    all_leaves(now)
    assert Escalation.objects.filter(code="E9-7d").exists() and kinds(now) == set()
    take_away(Escalation.objects.filter(code="E9-7d"))
    assert kinds(now) == {"missing"}


def test_an_escalation_without_a_word_to_anybody_is_found(warned):
    OutboxMessage.objects.filter(escalation__isnull=False).delete()
    assert kinds() == {"untold"}


def test_a_day_decided_by_other_rules_proves_nothing(warned, monkeypatch):
    take_away(Escalation.objects.filter(code="RF05"))
    monkeypatch.setattr(missing, "RULES_VERSION", decide.RULES_VERSION + "+")
    assert kinds() == set()


def test_a_sign_older_than_two_weeks_is_not_looked_for(warned):
    take_away(Escalation.objects.filter(code="RF05"))
    assert "missing" not in kinds(NOW + timedelta(days=20))


def test_silence_nobody_judged_is_found(warned):
    warned.stopped_on, warned.silence_due_at = None, NOW - timedelta(minutes=6)
    warned.save()
    assert "silence" in kinds()


def test_an_escalation_that_did_not_climb_is_found(warned):
    Escalation.objects.update(next_step_at=NOW - timedelta(minutes=6))
    assert kinds() == {"step"}


def test_an_escalation_that_was_not_shown_again_is_found(warned):
    Escalation.objects.update(shown_again_at=NOW - timedelta(minutes=6))
    assert kinds() == {"step"}


def test_a_reminder_nobody_ended_is_found(db):
    open_episode(now=at(DAY_1, 6))
    due_at = Reminder.objects.get().due_at
    assert kinds(due_at + timedelta(minutes=4)) == set()
    assert kinds(due_at + timedelta(minutes=6)) == {"reminder"}


def test_a_delivery_nobody_takes_is_found(warned):
    Delivery.objects.update(state="due", ended_at=None, due_at=NOW - timedelta(minutes=6))
    assert "stuck" in kinds()


def test_a_claim_that_ran_out_and_was_not_taken_over_is_found(warned):
    Delivery.objects.update(state="claimed", ended_at=None, lease_until=NOW - timedelta(minutes=6))
    assert kinds() == {"stuck"}


def test_a_warning_that_has_not_left_for_half_an_hour_is_found(warned):
    in_a_while = NOW + timedelta(hours=1)
    OutboxMessage.objects.update(state="due", ended_at=None)
    Delivery.objects.update(state="due", ended_at=None, due_at=in_a_while)
    assert kinds(at(DAY_3, 19) + timedelta(minutes=29)) == set()
    assert kinds(at(DAY_3, 19) + timedelta(minutes=31)) == {"unheard"}


def test_no_beat_and_one_letter_while_something_stands(warned):
    heartbeat.note("auditor", NOW - timedelta(minutes=1))
    take_away(Escalation.objects.filter(code="RF05"))
    for minutes in range(4):
        rounds.go_round(NOW + timedelta(minutes=minutes))
    assert heartbeat.last("auditor") == NOW - timedelta(minutes=1)
    assert OutboxMessage.objects.filter(kind="alarm").count() == 1
    assert not heartbeat.is_fresh("auditor", NOW + timedelta(minutes=3))


def test_what_was_put_right_is_closed_and_the_beat_comes_back(warned):
    rows = Escalation.objects.filter(code="RF05")
    kept = rows.get()
    told = list(OutboxMessage.objects.filter(escalation=kept))
    take_away(rows)
    rounds.go_round(NOW)
    kept.save(force_insert=True)
    OutboxMessage.objects.bulk_create(told)
    all_leaves(LATER)
    assert rounds.go_round(LATER).is_clean
    assert Shortfall.objects.get().gone_at == LATER and heartbeat.last("auditor") == LATER


def test_an_episode_that_cannot_be_replayed_stops_the_beat(warned, monkeypatch):
    def fail(episode, now):
        raise ValueError("broken")

    monkeypatch.setattr(rounds, "missing_escalations", fail)
    assert rounds.go_round(NOW).failed == 1
    assert heartbeat.last("auditor") is None


def test_every_episode_has_its_turn(warned, monkeypatch):
    for _ in range(4):
        open_episode(now=at(DAY_3, 20))
    monkeypatch.setattr(rounds, "TURN", 2)
    seen, last, turns = 0, None, 0
    while turns == 0 or last is not None:
        looked = rounds.go_round(NOW, after=last)
        seen, last, turns = seen + looked.replayed, looked.last, turns + 1
    assert (seen, turns) == (5, 3)


def test_a_replay_writes_nothing(warned):
    before = list(Decision.objects.values())
    rounds.go_round(NOW)
    assert list(Decision.objects.values()) == before
