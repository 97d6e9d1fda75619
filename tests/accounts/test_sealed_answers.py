"""What people ticked about their health is as unreadable in the database as what they wrote."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from accounts import sealing
from accounts.services import key_rotation
from recovery.models import CheckIn, Decision, Episode, Escalation, Finding, Intake
from recovery.services import check_ins
from recovery.services.verification import differences
from tests import factories as make

NEW = "a-new-key-of-more-than-fifty-characters-0123456789-xyz"
PLACES = (
    ("recovery_checkin", "red_flags"),
    ("recovery_intake", "red_flags"),
    ("recovery_intake", "cautions"),
    ("recovery_intake", "history"),
    ("recovery_episode", "state"),
    ("recovery_decision", "state_after"),
    ("recovery_finding", "figures"),
    ("recovery_escalation", "figures"),
)
CODES = ("RF05", "CA1", "osteoporosis")


@pytest.fixture
def episode(db):
    """Somebody who told of their health at the start and ticked a warning sign on the first day."""
    found = make.open_episode(cautions=("CA1",), history=("osteoporosis",))
    make.check_in(found.patient, make.DAY_1, red_flags=("RF05",))
    found.refresh_from_db()
    return found


def stored(places=PLACES) -> str:
    """Everything those columns hold, as the database holds it."""
    texts = []
    with connection.cursor() as cursor:
        for table, column in places:
            cursor.execute(f"select cast({column} as text) from {table}")  # noqa: S608
            texts += [text for (text,) in cursor.fetchall()]
    return "\n".join(texts)


def test_the_database_holds_no_sign_in_the_open_and_the_code_reads_them(episode):
    assert [code for code in CODES if code in stored()] == []
    intake = Intake.objects.get()
    assert (CheckIn.objects.get().red_flags, intake.cautions, intake.history) == (["RF05"], ["CA1"], ["osteoporosis"])
    assert episode.state["stop_flags"] == ["RF05"]
    assert Finding.objects.get(rule="red_flag").figures["flags"] == ["RF05"]
    assert Escalation.objects.get(code="RF05").figures == {"flags": ["RF05"]}
    assert list(differences(episode)) == []


def test_nothing_ticked_looks_like_something_ticked(episode):
    make.check_in(make.open_episode().patient, make.DAY_1)
    assert len({len(text) for text in stored([("recovery_checkin", "red_flags")]).splitlines()}) == 1


def test_the_hash_of_the_answers_cannot_be_tried_out(episode):
    said = make.entry(make.DAY_1, CheckIn.objects.get().key, red_flags=("RF05",))
    assert CheckIn.objects.get().body_hash == sealing.mark(said.body_hash, check_ins.BODY_PLACE) != said.body_hash


def test_the_same_answers_again_are_still_known(episode):
    said = make.entry(make.DAY_1, CheckIn.objects.get().key, red_flags=("RF05",))
    assert not check_ins.record(episode.patient, said, make.at(make.DAY_1, 20)).is_new


def test_after_a_rotation_the_older_key_can_go(episode, settings):
    settings.DATA_KEYS = (NEW, *settings.DATA_KEYS)
    assert key_rotation.rotate()
    settings.DATA_KEYS = (NEW,)
    assert CheckIn.objects.get().red_flags == ["RF05"] and Decision.objects.get().state_after["stop_flags"] == ["RF05"]
    assert key_rotation.missing_key() is None and key_rotation.rotate() == 0


def test_a_missing_key_is_noticed(episode, settings):
    settings.DATA_KEYS = (NEW,)
    assert key_rotation.missing_key()
    with pytest.raises(sealing.WrongKey, match="DATA_KEYS"):
        CheckIn.objects.get()


def test_a_rotation_seals_what_lay_open(episode):
    with connection.cursor() as cursor:
        cursor.execute("update recovery_checkin set red_flags = %s", ['["RF05"]'])
        cursor.execute("update recovery_escalation set figures = %s", ['{"flags": ["RF05"]}'])
    assert CheckIn.objects.get().red_flags == ["RF05"]
    call_command("rotate_keys", verbosity=0)
    assert "RF05" not in stored()


def test_what_was_stored_before_is_sealed_by_the_migration(episode):
    lay_open = (("checkin", "red_flags", '["RF05"]'), ("episode", "state", '{"stop_flags": ["RF05"], "phase": "rest"}'))
    with connection.cursor() as cursor:
        for table, column, text in lay_open:
            cursor.execute(f"update recovery_{table} set {column} = %s", [text])  # noqa: S608
        cursor.execute("update recovery_checkin set body_hash = %s", ["ab" * 32])
    migration = import_module("recovery.migrations.0029_seal_answers")
    for _ in range(2):  # begun again, it does no harm
        migration.seal(apps, None)
    assert "RF05" not in stored()
    assert CheckIn.objects.get().red_flags == ["RF05"]
    assert CheckIn.objects.get().body_hash == sealing.mark("ab" * 32, check_ins.BODY_PLACE)
    assert Episode.objects.get().state == {"stop_flags": ["RF05"], "phase": "rest"}


def test_signs_moved_to_another_column_do_not_open(episode):
    with connection.cursor() as cursor:
        cursor.execute("update recovery_intake set cautions = red_flags")
    with pytest.raises(sealing.WrongKey):
        Intake.objects.get()


def test_nobody_can_search_in_sealed_answers(episode):
    with pytest.raises(TypeError, match="is sealed"):
        CheckIn.objects.filter(red_flags__contains="RF05").exists()


def test_nobody_is_told_that_no_sealed_answer_is_empty(episode):
    with pytest.raises(TypeError, match="is sealed"):
        CheckIn.objects.exclude(red_flags=[]).exists()
