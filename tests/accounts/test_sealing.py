"""What people wrote is unreadable to whoever has the database alone, and keys can be changed while everybody works."""

import random

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import sealing
from accounts.services import key_rotation
from recovery.models import Acknowledgement, Escalation, Resolution
from recovery.services import escalations
from tests import factories as make

OLD, NEW = (
    "an-old-key-of-more-than-fifty-characters-0123456789-abc",
    "a-new-key-of-more-than-fifty-characters-0123456789-xyz",
)
CANARY = "zebrafinch at the window"


@pytest.fixture
def note(db):
    """A note a clinician wrote about a warning."""
    episode = make.open_episode()
    make.check_in(episode.patient, make.DAY_1, red_flags=("RF05",))
    clinic = make.make_clinic()
    make.share(episode.patient, clinic)
    clinician = make.make_clinician(clinic)
    warning = Escalation.objects.get(episode=episode, code="RF05")
    escalations.acknowledge(warning.pk, clinician, make.at(make.DAY_1), CANARY)
    escalations.resolve(warning.pk, clinician, "reviewed", f"{CANARY}, closed", make.at(make.DAY_1))
    return Acknowledgement.objects.get(escalation=warning)


def stored(table="recovery_acknowledgement") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"select note from {table}")  # noqa: S608
        return cursor.fetchone()[0]


def test_the_database_holds_no_word_of_it_and_the_code_reads_it(note):
    assert stored().startswith("sealed1:") and CANARY not in stored() + stored("recovery_resolution")
    assert (note.note, Resolution.objects.get().note) == (CANARY, f"{CANARY}, closed")
    assert Acknowledgement.objects.values_list("note", flat=True).get() == CANARY


def test_the_same_text_is_never_sealed_alike():
    assert sealing.seal(CANARY, "a.b") != sealing.seal(CANARY, "a.b")


def test_an_empty_text_stays_empty():
    assert sealing.seal("", "a.b") == sealing.unseal("", "a.b") == ""


def test_what_was_stored_before_there_were_keys_is_read_as_it_is():
    assert sealing.unseal(CANARY, "a.b") == CANARY


def test_a_text_moved_elsewhere_or_tampered_with_does_not_open():
    draw, refused = random.Random(7), 0
    for _ in range(500):
        text = sealing.seal(CANARY, "a.b")
        place = draw.randrange(len("sealed1:12345678:"), len(text) - 2)
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        for wrong, where in ((text, "a.c"), (changed, "a.b")):
            with pytest.raises(sealing.WrongKey):
                sealing.unseal(wrong, where)
            refused += 1
    print(f"\nmoved or changed texts refused: promised 1000, seen {refused}")


def test_an_older_key_still_opens_what_it_sealed(settings):
    settings.DATA_KEYS = (OLD,)
    text = sealing.seal(CANARY, "a.b")
    settings.DATA_KEYS = (NEW, OLD)
    assert sealing.unseal(text, "a.b") == CANARY
    settings.DATA_KEYS = (NEW,)
    with pytest.raises(sealing.WrongKey, match="DATA_KEYS"):
        sealing.unseal(text, "a.b")


def test_after_a_rotation_the_older_key_can_go(note, settings, capsys):
    before = settings.DATA_KEYS
    settings.DATA_KEYS = (NEW, *before)
    call_command("rotate_keys")
    # Two notes, and ten rows of what the patient ticked.
    assert capsys.readouterr().out == "12 texts were sealed with the newest key.\n"
    settings.DATA_KEYS = (NEW,)
    assert Acknowledgement.objects.get().note == CANARY
    call_command("rotate_keys")
    assert capsys.readouterr().out == "0 texts were sealed with the newest key.\n"


def test_a_rotation_seals_what_lay_open(note, capsys):
    with connection.cursor() as cursor:
        cursor.execute("update recovery_acknowledgement set note = %s", [CANARY])
    call_command("rotate_keys")
    assert CANARY not in stored() and Acknowledgement.objects.get().note == CANARY


def test_a_rotation_without_the_older_key_is_a_sentence_and_changes_nothing(note, settings):
    before = stored()
    settings.DATA_KEYS = (NEW,)
    with pytest.raises(CommandError, match="put it into DATA_KEYS"):
        call_command("rotate_keys")
    assert stored() == before


def test_a_missing_key_is_noticed_by_its_name(note, settings):
    assert key_rotation.missing_key() is None
    settings.DATA_KEYS = (NEW,)
    assert key_rotation.missing_key() == stored().split(":")[1]


@pytest.mark.django_db(transaction=True)
def test_nothing_starts_without_the_key(note, settings, capsys):
    from deploy import keys

    keys.refuse_without()
    settings.DATA_KEYS = (NEW,)
    with pytest.raises(SystemExit) as ended:
        keys.refuse_without()
    assert ended.value.code == 3
    assert capsys.readouterr().err.startswith("DATA_KEYS lacks the key ")


def test_nobody_can_search_in_sealed_text(note):
    with pytest.raises(TypeError, match="is sealed"):
        Acknowledgement.objects.filter(note__contains="zebra").exists()


@pytest.mark.django_db
def test_the_secret_of_an_app_is_sealed_and_rotated(settings):
    person = make.make_user("clinician")
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    kept = Authenticator.objects.get().data["secret"]
    assert kept.startswith("sealed1:") and "JBSWY3" not in kept
    settings.DATA_KEYS = (NEW, *settings.DATA_KEYS)
    key_rotation.rotate()
    settings.DATA_KEYS = (NEW,)
    from allauth.mfa.utils import decrypt

    assert decrypt(Authenticator.objects.get().data["secret"]) == "JBSWY3DPEHPK3PXP"
