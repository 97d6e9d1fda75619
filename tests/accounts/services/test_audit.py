"""The audit trail: complete, in order, and every tampering shows."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditedPatient, AuditEvent
from accounts.models.append_only import AppendOnlyError
from accounts.services import audit, audit_anchors
from accounts.services.audit_verification import verify
from deploy.testing import guarded

pytestmark = pytest.mark.django_db
ROWS, TAMPERS, SEED = 40, 1000, 20261128


@pytest.fixture
def trail(clinician, patient, now):
    """Rows of a busy morning; every third is a list with several patients in it."""
    for number in range(ROWS):
        others = [uuid4() for _ in range(3)] if number % 3 == 0 else []
        audit.record("read", "clinic:patient", clinician, now + timedelta(seconds=number), [patient.pk, *others])
    last = AuditEvent.objects.last()
    return [audit_anchors.Anchor(last.number, last.mac)]


@pytest.fixture
def anchor_file(settings, tmp_path):
    settings.AUDIT_ANCHORS = str(tmp_path / "anchor")
    return tmp_path / "anchor"


def test_an_untouched_trail_is_whole(trail):
    found = verify(trail)
    assert (found.rows, found.broken) == (ROWS, None)


@pytest.mark.parametrize("table", ["accounts_auditevent", "accounts_auditedpatient"])
@pytest.mark.parametrize("act", ["update {} set {} = {}", "delete from {}"])
def test_the_database_itself_refuses_to_change_or_remove_a_row(trail, table, act):
    column = "role" if table.endswith("event") else "patient"
    value = "'x'" if table.endswith("event") else f"'{uuid4()}'"
    with pytest.raises(DatabaseError, match="history"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, column, value))


def test_the_code_refuses_it_too(trail):
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.update(role="admin")
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.first().delete()


def edit(cursor, draw):
    column = draw.choice(["at", "actor", "role", "action", "what", "details", "previous", "mac"])
    value = {"at": "2020-01-01 00:00:00", "actor": uuid4().hex}.get(column, f"x{draw.randint(1, 10**6)}")
    cursor.execute(f"update accounts_auditevent set {column} = %s where number = %s", [value, draw.randint(1, ROWS)])  # noqa: S608


def rename_a_patient(cursor, draw):
    chosen = draw.choice(list(AuditedPatient.objects.values_list("pk", flat=True)))
    cursor.execute("update accounts_auditedpatient set patient = %s where id = %s", [uuid4().hex, chosen])


def unname_a_patient(cursor, draw):
    chosen = draw.choice(list(AuditedPatient.objects.values_list("pk", flat=True)))
    cursor.execute("delete from accounts_auditedpatient where id = %s", [chosen])


def remove(cursor, first, last):
    cursor.execute("delete from accounts_auditedpatient where event_id between %s and %s", [first, last])
    cursor.execute("delete from accounts_auditevent where number between %s and %s", [first, last])


def cut_out(cursor, draw):
    number = draw.randint(1, ROWS - 1)
    remove(cursor, number, number)


def cut_tail(cursor, draw):
    remove(cursor, draw.randint(1, ROWS), ROWS)


def insert(cursor, draw):
    """A row slipped in between, with the seal of its neighbour; or one added at the end with a seal of guesswork."""
    like = draw.randint(1, ROWS)
    number = ROWS + 1 if draw.random() < 0.5 else -draw.randint(0, 9)
    cursor.execute(
        "insert into accounts_auditevent (number, at, actor, role, action, what, details, previous, mac) "
        "select %s, at, actor, role, action, what, details, mac, previous from accounts_auditevent where number = %s",
        [number, like],
    )


def swap(cursor, draw):
    """Two rows trade everything but their numbers."""
    one, other = draw.sample(range(1, ROWS + 1), 2)
    for a, b in ((one, -1000), (other, one), (-1000, other)):
        cursor.execute("update accounts_auditedpatient set event_id = %s where event_id = %s", [b, a])
        cursor.execute("update accounts_auditevent set number = %s where number = %s", [b, a])


TAMPERINGS = [edit, rename_a_patient, unname_a_patient, cut_out, cut_tail, insert, swap]


@pytest.mark.django_db(transaction=True)
def test_a_thousand_tamperings_are_a_thousand_found(trail):
    draw, found = random.Random(SEED), 0
    with guarded.lifted():
        for number in range(TAMPERS):
            tamper = TAMPERINGS[number % len(TAMPERINGS)]
            with transaction.atomic(), connection.cursor() as cursor:
                tamper(cursor, draw)
                found += verify(trail).broken is not None
                transaction.set_rollback(True)
    print(f"\ntamperings found: promised {TAMPERS}, seen {found} (seed {SEED})")
    assert found == TAMPERS and verify(trail).broken is None


def test_another_key_finds_the_first_row_broken(trail, settings):
    settings.AUDIT_KEY = "another key altogether"
    assert verify(trail).broken == 1


def test_a_new_row_drops_its_anchor_outside_the_database(
    clinician, patient, now, anchor_file, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        events = [audit.record("read", "clinic:panel", clinician, now, [patient.pk]) for _ in range(3)]
    assert audit_anchors.kept() == [audit_anchors.Anchor(3, events[-1].mac)]


def test_an_older_row_never_takes_the_anchor_back(anchor_file):
    audit_anchors.drop(7, "b" * 64)
    audit_anchors.drop(6, "a" * 64)
    assert audit_anchors.kept() == [audit_anchors.Anchor(7, "b" * 64)]


def test_a_folder_that_cannot_be_written_to_stops_nobody_from_reading(settings):
    settings.AUDIT_ANCHORS = "/dev/null/anchor"
    audit_anchors.drop(1, "a" * 64)
    assert audit_anchors.kept() == []


def test_anchors_are_read_from_a_log_as_well():
    line = f'{{"event": "audit anchor 100 {"c" * 64}", "level": "warning"}}'
    assert audit_anchors.read([line]) == [audit_anchors.Anchor(100, "c" * 64)]


def test_the_command_says_that_all_is_well(trail, anchor_file, capsys):
    anchor_file.write_text(f"{trail[0].number} {trail[0].mac}\n")
    call_command("verify_audit")
    assert capsys.readouterr().out == f"{ROWS} rows of the audit trail are as they were written, 1 anchors held.\n"


def test_the_command_names_the_first_broken_row(trail, anchor_file, capsys):
    with guarded.lifted(), connection.cursor() as cursor:
        cursor.execute("update accounts_auditevent set what = 'nothing' where number = 17")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert capsys.readouterr().out == "Row 17 of the audit trail is broken: it was changed, or the key is another.\n"


def test_giving_and_ending_consent_stand_in_the_trail(patient, clinic, now):
    from accounts.services.consent import give_consent, withdraw_consent

    give_consent(patient, clinic, now)
    give_consent(patient, clinic, now)
    withdraw_consent(patient, clinic, now)
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["consent_given", "consent_withdrawn"]
