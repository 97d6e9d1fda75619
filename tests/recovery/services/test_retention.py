"""What is older than it may be goes, in portions, once; what is not stays."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts.models import ApiToken, AuditEvent, Erasure, Invitation, User
from accounts.services import invitations, tokens
from recovery.services import retention
from tests import factories as make

NOW = timezone.now()
A_DAY = timedelta(days=1)
PAGE = Path(__file__).parents[3] / "docs" / "retention.md"
pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Of each kind one that has to go and one that has to stay."""
    clinician, keep = make.make_clinician(make.make_clinic()), make.make_user()
    for ago in (45, 43):  # an invitation lasts two weeks
        invitations.invite(clinician.memberships.get().clinic, f"{ago}@example.test", clinician, NOW - ago * A_DAY)
    for ago in (366, 364):
        key, _ = tokens.issue(keep, NOW - 400 * A_DAY)
        tokens.revoke(key, NOW - ago * A_DAY)
    for ago in (-1, 1):
        Session.objects.create(session_key=f"s{ago}", session_data="", expire_date=NOW + ago * A_DAY)
    for ago in (31, 29):
        person = make.make_user(email=f"began{ago}@example.test")
        User.objects.filter(pk=person.pk).update(joined_at=NOW - ago * A_DAY)
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)


def test_what_is_due_goes_and_the_rest_stays(rows):
    assert retention.purge(NOW) == {
        "sign-ins that have run out": 1,
        "invitations nobody accepted": 1,
        "accounts whose address was never proved": 1,
        "ended keys of programs": 1,
    }
    assert (Invitation.objects.get().email, Session.objects.get().session_key) == ("43@example.test", "s1")
    assert User.objects.filter(email__startswith="began").get().email == "began29@example.test"
    assert ApiToken.objects.count() == Erasure.objects.count() == 1


def test_a_second_round_finds_nothing_and_writes_nothing(rows):
    retention.purge(NOW)
    before = AuditEvent.objects.count()
    assert retention.purge(NOW) == {} and AuditEvent.objects.count() == before


def test_each_portion_stands_in_the_trail(rows):
    retention.purge(NOW)
    said = AuditEvent.objects.filter(what=retention.DOOR).values_list("details", flat=True)
    assert "1 invitations nobody accepted" in said


def test_a_stopped_round_goes_on_where_it_was(rows, monkeypatch):
    Session.objects.bulk_create(
        Session(session_key=f"old{number}", session_data="", expire_date=NOW - A_DAY) for number in range(7)
    )
    monkeypatch.setattr(retention, "PORTION", 3)
    assert retention.purge(NOW, most=3)["sign-ins that have run out"] == 3
    assert retention.purge(NOW)["sign-ins that have run out"] == 5
    assert Session.objects.get().session_key == "s1"


def test_a_dry_run_says_how_many_and_changes_nothing(rows):
    out = io.StringIO()
    call_command("purge", "--dry-run", stdout=out)
    assert "1 invitations nobody accepted" in out.getvalue() and "Nothing was changed." in out.getvalue()
    assert Invitation.objects.count() == 2
    call_command("purge", stdout=io.StringIO())
    assert Invitation.objects.count() == 1


def test_the_workers_do_it_once_a_day(rows):
    assert retention.purge_daily(NOW)
    Session.objects.create(session_key="new", session_data="", expire_date=NOW - A_DAY)
    assert retention.purge_daily(NOW + timedelta(hours=23)) == {}
    assert retention.purge_daily(NOW + A_DAY)["sign-ins that have run out"]


def test_a_patient_who_came_once_and_has_a_diary_is_never_one_of_them():
    patient = make.open_episode().patient
    User.objects.filter(pk=patient.pk).update(joined_at=NOW - 4000 * A_DAY)
    EmailAddress.objects.create(user=patient, email=patient.email, primary=True, verified=False)
    assert retention.purge(NOW) == {}


def test_the_page_says_how_long_each_kind_is_kept():
    page = PAGE.read_text(encoding="utf-8")
    for kind in retention.KINDS:
        assert f"| {kind.name} | {kind.kept.days} days" in page
