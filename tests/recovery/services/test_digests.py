"""The weekly letter: Monday morning where the clinic is, once, without a word about a patient, off when unwanted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from accounts.models import Membership
from accounts.services.audit_chain import BEGINNING
from recovery.channels import directory
from recovery.models import ClinicDigest, Escalation, OutboxMessage
from recovery.services import digests, email_standing, outbox, sweep
from recovery.services.backups.settling import settle
from tests import factories as make

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 3, 6, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 6, tzinfo=UTC)  # seven in the morning in Amsterdam


@pytest.fixture
def clinic():
    return make.make_clinic("Harbour Street Physio")


@pytest.fixture
def clinician(clinic):
    return make.make_clinician(clinic, time_zone="Europe/Amsterdam")


def letters():
    return OutboxMessage.objects.filter(kind="clinic_digest")


def raise_one(clinic, at=FRIDAY, **fields) -> Escalation:
    episode = make.open_episode(make.make_user(display_name="Marek Dvořák"))
    make.share(episode.patient, clinic)
    fields = {"code": "RF05", "urgency": "SD", "figures": {"flags": ["RF05"]}, **fields}
    return Escalation.objects.create(episode=episode, day=at.date(), raised_at=at, **fields)


def deliver(now=MONDAY):
    outbox.deliver_due(lambda: now, directory.send)


def test_each_clinic_with_somebody_in_it_has_one_letter_due_on_monday_morning_of_its_own_zone(clinician):
    make.make_clinic("Nobody’s")
    assert [digests.schedule_missing(FRIDAY), digests.schedule_missing(FRIDAY)] == [1, 0]
    due = ClinicDigest.objects.get()
    assert (due.clinic, str(due.monday), due.due_at) == (clinician.memberships.get().clinic, "2026-03-09", MONDAY)


def test_the_zone_is_the_one_most_people_live_in(clinic, clinician):
    for zone in ("America/New_York", "America/New_York", "UTC"):
        make.make_clinician(clinic, time_zone=zone)
    assert str(digests.zone_of(clinic)) == "America/New_York"


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (MONDAY - timedelta(minutes=1), "2026-03-09"),
        (MONDAY, "2026-03-16"),
        (datetime(2026, 3, 27, tzinfo=UTC), "2026-03-30"),
    ],
)
def test_a_monday_morning_that_has_begun_is_over_and_summer_time_changes_nothing(clinic, clinician, now, monday):
    found, due_at = digests.next_monday(clinic, now)
    assert str(found) == monday and due_at.astimezone(clinician.zone).hour == 7


def test_every_member_is_written_to_once_and_the_next_week_is_due(clinic, clinician):
    colleague = make.make_clinician(clinic, on_duty=False)
    digests.schedule_missing(FRIDAY)
    assert [digests.write_due(MONDAY), digests.write_due(MONDAY), digests.schedule_missing(MONDAY)] == [1, 0, 0]
    assert set(letters().values_list("recipient", flat=True)) == {clinician.pk, colleague.pk}
    assert ClinicDigest.objects.get(ended_at=None).due_at == MONDAY + timedelta(days=7)


def test_it_is_not_written_before_its_hour(clinician):
    digests.schedule_missing(FRIDAY)
    assert digests.write_due(MONDAY - timedelta(seconds=1)) == 0 and not letters().exists()


def test_a_week_that_was_missed_for_days_is_no_news_and_the_next_one_comes(clinician):
    digests.schedule_missing(FRIDAY)
    assert digests.write_due(MONDAY + timedelta(days=3)) == 1
    assert not letters().exists() and ClinicDigest.objects.filter(ended_at=None).count() == 1


def test_the_letter_holds_a_link_and_no_patient(clinic, clinician):
    raise_one(clinic)
    digests.schedule_missing(FRIDAY)
    digests.write_due(MONDAY)
    deliver()
    (letter,) = mail.outbox
    said = f"{letter.subject} {letter.body} {letter.alternatives[0][0]}"
    assert "/clinic/alerts/" in said and "ready to read" in letter.body
    assert "Marek" not in said and "RF05" not in said and "sign" not in said


def test_after_a_quiet_week_it_says_so_in_one_sentence(clinic, clinician):
    raise_one(make.make_clinic("Mill Lane"))
    digests.schedule_missing(FRIDAY)
    digests.write_due(MONDAY)
    deliver()
    assert "It was a quiet week at Harbour Street Physio" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("change", "is_quiet"),
    [
        ({}, False),
        ({"at": MONDAY - timedelta(days=20)}, False),  # still open
        ({"urgency": "AD", "code": "E1", "figures": {}}, True),
    ],
)
def test_what_makes_a_week_quiet(clinic, clinician, change, is_quiet):
    raise_one(clinic, **change)
    assert digests.is_quiet(clinic, MONDAY) is is_quiet


def test_who_switched_it_off_gets_none_and_the_ledger_says_why(clinic, clinician):
    digests.schedule_missing(FRIDAY)
    digests.write_due(MONDAY)
    email_standing.unsubscribe(clinician, FRIDAY)
    deliver()
    assert (letters().get().state, letters().get().reason) == ("withheld", "unsubscribed") and not mail.outbox


def test_who_left_the_clinic_before_it_left_gets_none(clinic, clinician):
    digests.schedule_missing(FRIDAY)
    digests.write_due(MONDAY)
    Membership.objects.update(left_at=MONDAY, on_duty=False)
    deliver()
    assert letters().get().reason == "left_clinic" and not mail.outbox


def test_a_letter_that_is_refused_does_not_become_a_notification(clinic, clinician):
    digests.schedule_missing(FRIDAY)
    digests.write_due(MONDAY)
    assert list(letters().get().deliveries.values_list("channel", flat=True)) == ["email"]


def test_a_restored_backup_writes_no_letter_of_the_hours_it_does_not_know(clinician, settings, tmp_path):
    settings.AUDIT_ANCHORS, settings.ERASURES = str(tmp_path / "anchor"), str(tmp_path / "erasures")
    digests.schedule_missing(FRIDAY)
    settle([0, BEGINNING], MONDAY + timedelta(hours=1))
    assert digests.write_due(MONDAY + timedelta(hours=1)) == 0 and not letters().exists()
    assert digests.schedule_missing(MONDAY + timedelta(hours=1)) == 1


def test_a_sweep_does_all_of_it(clinic, clinician):
    sweep.run([sweep.ROUTINE], lambda: FRIDAY, directory.send)
    sweep.run([sweep.ROUTINE], lambda: MONDAY, directory.send)
    assert letters().get().state == "sent"
