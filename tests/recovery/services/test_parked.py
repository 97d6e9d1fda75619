"""What has failed for three days is parked where a person sees it, and goes again when they say so."""

from datetime import timedelta

import pytest

from recovery.channels import Permanent, Temporary
from recovery.models import Attempt, Delivery, Escalation, OutboxMessage
from recovery.services import escalations, outbox, parked
from recovery.services.auditor import rounds
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DOWN = Temporary("server answered 451")


def write(key="k", kind="on_duty", **fields) -> OutboxMessage:
    outbox.write([outbox.message(key, kind, NOW, recipient=make_user(), **fields)])
    return OutboxMessage.objects.get(key=key)


def try_at(now, problem=None) -> None:
    def send(delivery, at):
        if problem:
            raise problem

    Delivery.objects.filter(state="due").update(due_at=now)
    outbox.deliver_due(lambda: now, send)


def given_up(**fields) -> OutboxMessage:
    row = write(**fields)
    for wait in (0 * HOUR, 36 * HOUR, 72 * HOUR):
        try_at(NOW + wait, DOWN)
    row.refresh_from_db()
    return row


def test_what_fails_for_three_days_is_parked_with_the_last_answer():
    row = write()
    for wait in (0 * HOUR, 71 * HOUR):
        try_at(NOW + wait, DOWN)
        row.refresh_from_db()
        assert row.state == "due"
    try_at(NOW + 72 * HOUR, DOWN)
    row.refresh_from_db()
    assert (row.state, row.reason, row.last_error) == ("failed", "gave_up", "server answered 451")
    assert list(parked.parked(NOW + 73 * HOUR)) == [row]


def test_sent_again_it_keeps_its_id_its_words_and_what_was_tried():
    row = given_up(context={"is_unread": True})
    parked.send_again(row.pk, NOW + 80 * HOUR)
    try_at(NOW + 81 * HOUR)
    again = OutboxMessage.objects.get()
    assert (again.pk, again.state, again.context) == (row.pk, "sent", {})
    assert [each.outcome for each in Attempt.objects.all()] == [str(DOWN)] * 3 + ["sent"]
    assert row.context == {"is_unread": True}


def test_sent_again_it_has_three_days_anew():
    row = given_up()
    parked.send_again(row.pk, NOW + 80 * HOUR)
    for wait, state in ((80, "due"), (151, "due"), (152, "failed")):
        try_at(NOW + wait * HOUR, DOWN)
        row.refresh_from_db()
        assert row.state == state


def test_pressed_twice_it_goes_once():
    row = given_up()
    parked.send_again(row.pk, NOW + 80 * HOUR)
    with pytest.raises(Refused, match="on its way"):
        parked.send_again(row.pk, NOW + 80 * HOUR)
    assert Delivery.objects.filter(state="due").count() == 1


def test_it_also_goes_by_a_way_the_person_has_only_now(settings, monkeypatch):
    row = given_up()
    monkeypatch.setattr(parked, "endpoints_of", lambda message: [("email", ""), ("push", "new")])
    parked.send_again(row.pk, NOW + 80 * HOUR)
    assert {one.channel for one in Delivery.objects.filter(state="due")} == {"email", "push"}


def test_a_refused_warning_is_parked_and_a_refused_reminder_is_not():
    warning = write()
    write("routine", "reminder", priority=OutboxMessage.Priority.ROUTINE)
    try_at(NOW, Permanent("recipient refused [550]"))
    assert list(parked.parked(NOW)) == [warning]


def test_a_message_with_a_secret_is_not_kept_for_later():
    row = given_up(kind="invitation", context={"path": "/invitations/TOKEN/"})
    assert row.context == {} and not parked.parked(NOW + 73 * HOUR).exists()
    with pytest.raises(Refused):
        parked.send_again(row.pk, NOW + 73 * HOUR)


def test_what_a_person_has_closed_is_parked_no_more():
    clinic = make_clinic()
    patient = make_user()
    share(patient, clinic)
    open_episode(patient)
    check_in(patient, DAY_1, made_at=NOW, red_flags=("RF05",))
    try_at(NOW, Permanent("recipient refused [550]"))
    assert parked.parked(NOW).count() == 1
    escalation = Escalation.objects.get(code="RF05")
    escalations.resolve(escalation.pk, make_clinician(clinic), "reached", "Called them.", NOW)
    assert not parked.parked(NOW).exists()


def test_the_auditor_does_not_call_a_given_up_warning_well():
    given_up()
    assert [row.kind for row in _round(NOW + 73 * HOUR)] == ["unheard"]
    parked.send_again(OutboxMessage.objects.get().pk, NOW + 74 * HOUR)
    try_at(NOW + 74 * HOUR)
    assert _round(NOW + 75 * HOUR) == []


def _round(now) -> list:
    from recovery.models import Shortfall

    rounds.go_round(now)
    return list(Shortfall.objects.standing())


def test_an_old_alarm_is_forgotten_after_a_month():
    given_up()
    assert parked.parked(NOW + 30 * DAY).exists()
    assert not parked.parked(NOW + 34 * DAY).exists()
