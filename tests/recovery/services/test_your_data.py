"""Taking everything along, and being forgotten: also by the file on disk, and by a backup put back."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection

from accounts.models import AuditEvent, Erasure, User
from accounts.services import audit, erasures, invitations, tokens
from accounts.services.consent import give_consent
from recovery.models import CheckIn, Escalation, OutboxMessage
from recovery.services import erasure, escalations, export, handing_on, private_notes, reminders, threads
from recovery.services.personal import KEPT, PERSONAL, SECRET, everything_about, rows_about
from tests import factories as make

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch"


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = str(tmp_path / "erasures")
    return tmp_path / "erasures"


def a_whole_life(name: str = CANARY) -> User:
    """A patient with a row of nearly every kind, each text of theirs holding the same word."""
    now = make.at(make.DAY_1)
    patient = make.make_user(email=f"{name}@example.test", display_name=name.title())
    EmailAddress.objects.create(user=patient, email=patient.email, primary=True, verified=True)
    clinic = make.make_clinic(f"Clinic of {uuid4()}")
    clinician = make.make_clinician(clinic)
    _, token = invitations.invite(clinic, patient.email, clinician, now)
    invitations.accept(token, patient, now)
    tokens.issue(patient, now, f"{name}'s watch")
    make.open_episode(patient)
    make.check_in(patient, make.DAY_1, red_flags=("RF05",))
    make.check_in(patient, make.DAY_1 + timedelta(days=1))
    reminders.change(patient, True, make.at(make.DAY_1).time(), [0, 1], now)
    warning = Escalation.objects.get(episode__patient=patient, code="RF05")
    escalations.acknowledge(warning.pk, clinician, now, f"I know {name}")
    escalations.resolve(warning.pk, clinician, "reviewed", f"Saw {name}", now)
    audit.record("read", "clinic:patient", clinician, now, [patient.pk])
    threads.send(patient, patient, clinic, f"It is {name}", uuid4(), now)
    words = handing_on.Words(clinic, f"We end {name} here", uuid4())
    handing_on.refer(warning.episode_id, f"Dr {name}", f"Because of {name}", words, clinician, now, is_ended=True)
    private_notes.write(warning.episode, clinic, clinician, f"Mind {name}", uuid4(), now)
    return patient


def test_an_export_holds_every_row_about_the_patient_and_no_secret():
    patient = a_whole_life()
    told = json.loads("".join(export.as_json(patient, make.at(make.DAY_1))))
    assert told["format"] == 1 and set(told["rows"]) == set(PERSONAL)
    for label, rows in told["rows"].items():
        model = apps.get_model(label)
        assert len(rows) == rows_about(patient, label).count()
        expected = {f.attname for f in model._meta.concrete_fields if f.name not in SECRET.get(label, set())}
        assert all(set(row) == expected for row in rows), label
    assert [row["average"] for row in told["rows"]["recovery.CheckIn"]] == [3, 3]
    assert told["rows"]["recovery.Resolution"][0]["note"] == f"Saw {CANARY}"
    assert told["rows"]["recovery.PrivateNote"][0]["text"] == f"Mind {CANARY}"


def test_an_export_holds_nothing_of_another_patient():
    other, patient = a_whole_life("other"), a_whole_life()
    told = "".join(export.as_json(patient, make.at(make.DAY_1)))
    assert "other@example.test" not in told and str(other.pk) not in told


def test_the_diary_is_a_table_with_a_line_for_each_day():
    lines = list(csv.DictReader(io.StringIO("".join(export.as_csv(a_whole_life())).lstrip("\ufeff"))))
    assert [line["day"] for line in lines] == ["2026-03-02", "2026-03-03"]
    assert lines[0]["red_flags"] == "RF05" and lines[0]["average"] == "3"


def test_erasing_leaves_no_row_about_the_patient_and_every_row_about_others():
    other, patient = a_whole_life("other"), a_whole_life()
    before = {label: rows_about(other, label).count() for label in PERSONAL}
    erasure.erase(patient, make.at(make.DAY_1))
    assert {label for label in PERSONAL if rows_about(patient, label).exists()} <= KEPT
    assert {label: rows_about(other, label).count() for label in PERSONAL} == before
    assert not OutboxMessage.objects.filter(address=patient.email).exists()
    connection.check_constraints()


def test_the_trail_stays_and_is_whole_after_an_erasure():
    from accounts.services.audit_verification import verify

    patient = a_whole_life()
    erasure.erase(patient, make.at(make.DAY_1))
    assert verify().broken is None and AuditEvent.objects.filter(patients__patient=patient.pk).exists()


def test_staff_are_not_erased():
    with pytest.raises(erasure.NotAPatient):
        erasure.erase(make.make_user("clinician"), make.at(make.DAY_1))


@pytest.mark.django_db(transaction=True)
def test_the_word_is_gone_from_the_file_and_its_log_of_writes():
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite's own file")
    patient = a_whole_life()
    connection.cursor().execute("pragma wal_checkpoint(passive)")
    assert found_on_disk() > 0
    erasure.erase(patient, make.at(make.DAY_1))
    assert found_on_disk() == 0


def found_on_disk() -> int:
    name = Path(str(project.DATABASES["default"]["NAME"]))
    files = [name, name.with_name(name.name + "-wal")]
    return sum(file.read_bytes().lower().count(CANARY.encode()) for file in files if file.exists())


@pytest.mark.django_db(transaction=True)
def test_a_backup_put_back_forgets_again(ledger, capsys):
    patient = a_whole_life()
    key, email = patient.pk, patient.email
    erasure.erase(patient, make.at(make.DAY_1))
    assert ledger.read_text().startswith(str(key))
    # The backup is older than the erasure: the person is there again, and the ledger's row is not.
    Erasure.objects.all()._raw_delete("default")
    User.objects.create(pk=key, email=email, display_name=CANARY)
    make.open_episode(User.objects.get(pk=key))
    call_command("reapply_erasures")
    assert capsys.readouterr().out == "1 people were erased again.\n"
    assert not User.objects.filter(pk=key).exists() and not CheckIn.objects.exists()


def test_the_ledger_holds_an_id_and_an_instant_alone(ledger):
    erasures.note_outside(uuid4(), make.at(make.DAY_1))
    assert len(ledger.read_text().split()) == 2


def test_everything_is_told_even_of_a_patient_who_never_began():
    patient = make.make_user()
    assert {label: len(list(rows)) for label, rows in everything_about(patient)}["accounts.User"] == 1


def test_a_consent_given_twice_over_years_is_told_in_full():
    patient, clinic = make.make_user(), make.make_clinic()
    give_consent(patient, clinic, make.at(make.DAY_1))
    assert len(json.loads("".join(export.as_json(patient, make.at(make.DAY_1))))["rows"]["accounts.Consent"]) == 1
