"""Patient and clinic write to each other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.services.consent import give_consent, withdraw_consent
from recovery.models import Absence, AppendOnlyError, OutboxMessage, ReadMark, Thread, ThreadMessage
from recovery.services import absences, outbox, threads
from recovery.services.refusals import Conflict, Refused
from tests import factories as make

NOW = make.at(make.DAY_1, 20)
HOUR = timedelta(hours=1)


@pytest.fixture
def clinic(db):
    return make.make_clinic()


@pytest.fixture
def clinician(clinic):
    return make.make_clinician(clinic)


@pytest.fixture
def patient(clinic, clinician):
    person = make.make_user()
    make.share(person, clinic)
    make.open_episode(person)
    return person


def write(author, patient, clinic, text="How is it going?", key=None, now=NOW):
    return threads.send(author, patient, clinic, text, key or uuid4(), now)


def notices(kind):
    return OutboxMessage.objects.filter(kind=kind)


def deliver(now=NOW):
    sent = []
    outbox.deliver_due(lambda: now, lambda row, at: sent.append(row.message.kind) or "")
    return sent


def test_a_double_tap_is_one_message_and_one_notice(patient, clinic):
    key = uuid4()
    assert write(patient, patient, clinic, key=key) == write(patient, patient, clinic, key=key)
    assert ThreadMessage.objects.count() == notices("thread_clinic").count() == 1


def test_the_same_key_with_other_words_is_refused_and_keeps_the_first(patient, clinic):
    key = uuid4()
    write(patient, patient, clinic, "One", key)
    with pytest.raises(Conflict, match="You sent this before with other words"):
        write(patient, patient, clinic, "Two", key)
    assert ThreadMessage.objects.get().text == "One"


@pytest.mark.parametrize(
    ("text", "sentence"), [("  \n ", "Write something first."), ("x" * 2001, "Shorten it to 2000")]
)
def test_nothing_and_too_much_are_refused(patient, clinic, text, sentence):
    with pytest.raises(Refused, match=sentence):
        write(patient, patient, clinic, text)
    assert not Thread.objects.exists()


def test_line_ends_of_a_browser_do_not_count_twice(patient, clinic):
    assert write(patient, patient, clinic, "ab\r\n" * 666 + "ab").text.count("\n") == 666


def test_more_than_thirty_an_hour_wait(patient, clinic, monkeypatch):
    monkeypatch.setattr(threads, "MOST_AN_HOUR", 1)
    write(patient, patient, clinic)
    with pytest.raises(Refused, match="many messages in the last hour"):
        write(patient, patient, clinic)
    assert write(patient, patient, clinic, now=NOW + HOUR)


def test_a_thread_closes_the_moment_consent_is_withdrawn_and_opens_with_it_again(patient, clinic, clinician):
    write(clinician, patient, clinic)
    withdraw_consent(patient, clinic, NOW)
    for author in (patient, clinician):
        with pytest.raises(Refused, match="conversation is closed"):
            write(author, patient, clinic)
    assert not Thread.objects.visible_to(clinician).exists()
    give_consent(patient, clinic, NOW)
    assert write(clinician, patient, clinic).thread == Thread.objects.visible_to(clinician).get()


def test_sharing_with_one_clinic_opens_no_thread_of_another(patient, clinic, clinician):
    other = make.make_clinic("Mill Lane")
    stranger = make.make_clinician(other)
    make.share(patient, other)
    write(patient, patient, other)
    assert not Thread.objects.visible_to(clinician).exists()
    assert [row.recipient for row in notices("thread_clinic")] == [stranger]


def test_a_notice_to_the_clinic_goes_to_those_on_duty(patient, clinic, clinician):
    make.make_clinician(clinic, on_duty=False)
    write(patient, patient, clinic)
    assert [row.recipient for row in notices("thread_clinic")] == [clinician]


def test_with_nobody_on_duty_everybody_of_the_clinic_hears(patient, clinic, clinician):
    clinic.memberships.update(on_duty=False)
    colleague = make.make_clinician(clinic, on_duty=False)
    write(patient, patient, clinic)
    assert {row.recipient for row in notices("thread_clinic")} == {clinician, colleague}


def test_a_second_message_tells_nobody_again_until_the_first_is_read(patient, clinic, clinician):
    write(clinician, patient, clinic)
    write(clinician, patient, clinic, now=NOW + HOUR)
    assert notices("thread_patient").count() == 1
    threads.mark_read(Thread.objects.get(), patient, NOW + 2 * HOUR)
    write(clinician, patient, clinic, now=NOW + 3 * HOUR)
    assert notices("thread_patient").count() == 2


def test_somebody_who_has_not_read_for_a_day_is_told_again(patient, clinic, clinician):
    write(clinician, patient, clinic)
    write(clinician, patient, clinic, now=NOW + 25 * HOUR)
    assert notices("thread_patient").count() == 2


def test_what_was_read_before_the_notice_left_sends_none(patient, clinic, clinician):
    write(clinician, patient, clinic)
    threads.mark_read(Thread.objects.get(), patient, NOW)
    assert deliver() == []
    assert notices("thread_patient").get().reason == "already_read"


@pytest.mark.parametrize("by_patient", [True, False])
def test_no_notice_leaves_after_consent_is_withdrawn(patient, clinic, clinician, by_patient):
    write(patient if by_patient else clinician, patient, clinic)
    withdraw_consent(patient, clinic, NOW)
    assert deliver() == []
    assert OutboxMessage.objects.get(kind__startswith="thread").reason == "consent_withdrawn"


def test_a_clinician_who_left_hears_nothing(patient, clinic, clinician):
    write(patient, patient, clinic)
    clinic.memberships.update(left_at=NOW, on_duty=False)
    assert deliver() == []
    assert notices("thread_clinic").get().reason == "consent_withdrawn"


def test_notices_leave_otherwise(patient, clinic, clinician):
    write(patient, patient, clinic)
    write(clinician, patient, clinic)
    assert sorted(deliver()) == ["thread_patient"]
    assert notices("thread_clinic").get().reason == "already_read"


def test_each_side_sees_what_the_other_has_read(patient, clinic, clinician):
    thread = write(patient, patient, clinic).thread
    assert [(line.is_mine, line.read_at) for line in threads.lines(thread, patient)] == [(True, None)]
    threads.mark_read(thread, clinician, NOW + HOUR)
    assert threads.lines(thread, patient)[0].read_at == NOW + HOUR


def test_a_colleagues_eyes_are_not_the_patients(patient, clinic, clinician):
    thread = write(clinician, patient, clinic).thread
    threads.mark_read(thread, make.make_clinician(clinic), NOW)
    assert threads.lines(thread, clinician)[0].read_at is None


def test_unread_counts_what_others_wrote_and_i_have_not_seen(patient, clinic, clinician):
    write(clinician, patient, clinic)
    thread = write(clinician, patient, clinic).thread
    assert threads.unread([thread], patient) == 2
    assert threads.unread([thread], clinician) == 0
    threads.mark_read(thread, patient, NOW)
    assert threads.unread([thread], patient) == 0


def test_a_mark_never_moves_back(patient, clinic, clinician):
    thread = write(clinician, patient, clinic).thread
    threads.mark_read(thread, patient, NOW + HOUR)
    threads.mark_read(thread, patient, NOW + 2 * HOUR)
    assert ReadMark.objects.get(reader=patient).read_at == NOW + HOUR


def test_a_thread_waits_from_the_first_unanswered_word_until_somebody_answers(patient, clinic, clinician):
    write(patient, patient, clinic)
    thread = write(patient, patient, clinic, now=NOW + HOUR).thread
    assert Thread.objects.waiting().get().waiting_since == NOW
    write(clinician, patient, clinic)
    assert not Thread.objects.waiting().exists()
    write(patient, patient, clinic)
    assert threads.needs_no_answer(thread)
    assert not threads.needs_no_answer(thread)


def test_without_an_episode_nobody_writes(clinic, clinician):
    newcomer = make.make_user()
    make.share(newcomer, clinic)
    with pytest.raises(Refused, match="starting questions come first"):
        write(newcomer, newcomer, clinic)


def test_messages_are_history(patient, clinic):
    message = write(patient, patient, clinic)
    message.text = "Never said."
    for change in (message.save, message.delete, ThreadMessage.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()


@pytest.mark.parametrize(
    ("text", "name"), [("", "a_message_says_something"), ("x" * 9000, "a_sealed_message_has_at_most_12000_characters")]
)
def test_the_table_refuses_nonsense_by_name(patient, clinic, text, name):
    thread = write(patient, patient, clinic).thread
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ThreadMessage.objects.create(thread=thread, author=patient, key=uuid4(), text=text, sent_at=NOW)


def test_after_ten_years_messages_are_let_go(patient, clinic, clinician):
    write(patient, patient, clinic)
    later = NOW + threads.KEPT_FOR + HOUR
    thread = write(clinician, patient, clinic, now=later).thread
    assert threads.forget_old(later) == 1
    assert [line.message.author for line in threads.lines(thread, patient)] == [clinician]
    assert threads.forget_old(later) == 0


TODAY = make.DAY_1


def away(clinic, by, first=0, last=3, notice="Call Mill Lane."):
    days = [TODAY + timedelta(days=n) for n in (first, last)]
    return absences.announce(clinic, *days, notice, by, TODAY, NOW)


def test_an_absence_stands_on_its_days_and_no_longer_once_ended(clinic, clinician):
    row = away(clinic, clinician, 1, 3)
    standing = [n for n in range(6) if Absence.objects.standing(TODAY + timedelta(days=n)).exists()]
    assert standing == [1, 2, 3]
    assert absences.end(clinic, TODAY, NOW) == 1
    assert not Absence.objects.standing(row.from_on).exists()


def test_a_new_absence_takes_the_place_of_the_one_before(clinic, clinician):
    away(clinic, clinician)
    assert away(clinic, clinician, 0, 5) == absences.upcoming(clinic, TODAY).get()


@pytest.mark.parametrize(
    ("first", "last", "sentence"), [(2, 1, "not before the first day"), (0, 61, "at most 60 days")]
)
def test_an_absence_that_cannot_be_is_refused(clinic, clinician, first, last, sentence):
    with pytest.raises(Refused, match=sentence):
        away(clinic, clinician, first, last)
