"""Private notes: for colleagues of one clinic, never for the patient's pages, set right by adding."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from recovery.models import AppendOnlyError, OutboxMessage, PrivateNote
from recovery.services import private_notes
from recovery.services.refusals import Conflict, Refused
from tests import factories as make

from .conftest import NOW

WORDS = "Afraid of lifting since the fall at work."


@pytest.fixture
def note(episode, clinic, clinician):
    return private_notes.write(episode, clinic, clinician, WORDS, uuid4(), NOW)


def keep(door, episode, clinic, **changes):
    sent = {"clinic": clinic.pk, "text": WORDS, "key": uuid4(), **changes}
    return door.post(reverse("clinic:notes", args=[episode.pk]), sent)


def test_a_note_stands_on_the_patient_s_page_with_who_wrote_it(door, episode, clinic):
    assert keep(door, episode, clinic).status_code == 302
    page = door.get(reverse("clinic:patient", args=[episode.pk])).text
    assert WORDS in page and "Tom Achterberg" in page


def test_a_colleague_of_the_clinic_reads_it(client, note, episode, colleague):
    client.force_login(colleague)
    assert WORDS in client.get(reverse("clinic:notes", args=[episode.pk])).text


def test_another_clinic_the_patient_shares_with_does_not(client, note, episode, patient):
    elsewhere = make.make_clinic("Mill Lane")
    make.share(patient, elsewhere)
    client.force_login(make.make_clinician(elsewhere))
    for name in ("clinic:notes", "clinic:patient"):
        assert WORDS not in client.get(reverse(name, args=[episode.pk])).text


@pytest.mark.parametrize("name", ["today", "progress", "summary", "settings", "your_data"])
def test_no_page_of_the_patient_shows_it(client, note, patient, name):
    client.force_login(patient)
    page = client.get(reverse(f"patient:{name}"))
    assert (page.status_code, WORDS in page.text) == (200, False)


def test_the_patient_s_conversation_does_not_show_it_either(client, note, patient, clinic):
    client.force_login(patient)
    assert WORDS not in client.get(reverse("patient:thread", args=[clinic.pk])).text


def test_no_message_leaves(note):
    assert not OutboxMessage.objects.exists()


def test_the_database_holds_no_word_of_it(note):
    with connection.cursor() as cursor:
        cursor.execute("select text from recovery_privatenote")
        assert cursor.fetchone()[0].startswith("sealed1:")


def test_a_correction_stands_and_the_first_words_stay_under_it(door, note, episode, clinic):
    address = reverse("clinic:correct_note", args=[episode.pk, note.pk])
    assert WORDS in door.get(address).text
    sent = {"clinic": clinic.pk, "text": "Afraid of lifting since last year.", "key": uuid4()}
    assert door.post(address, sent).status_code == 302
    page = door.get(reverse("clinic:notes", args=[episode.pk])).text
    assert page.index("since last year") < page.index("Corrected once") < page.index(WORDS)
    assert door.get(address).status_code == 404


def test_only_its_author_corrects_it(client, note, episode, colleague):
    client.force_login(colleague)
    assert client.get(reverse("clinic:correct_note", args=[episode.pk, note.pk])).status_code == 404
    with pytest.raises(Refused, match="Tom Achterberg wrote this note"):
        private_notes.correct(note, colleague, "No.", uuid4(), NOW)


def test_of_two_corrections_at_once_the_second_is_told(note, clinician):
    private_notes.correct(note, clinician, "This.", uuid4(), NOW)
    with pytest.raises(Refused, match="corrected already"):
        private_notes.correct(note, clinician, "That.", uuid4(), NOW)


def test_a_double_tap_keeps_one_note_and_other_words_under_its_key_are_refused(door, episode, clinic, clinician):
    key = uuid4()
    for _ in range(2):
        assert keep(door, episode, clinic, key=key).status_code == 302
    assert PrivateNote.objects.count() == 1
    with pytest.raises(Conflict):
        private_notes.write(episode, clinic, clinician, "Others.", key, NOW)


@pytest.mark.parametrize(("text", "sentence"), [("  ", "Write something first."), ("x" * 4001, "Shorten it to 4000.")])
def test_what_is_no_note_is_refused_with_a_sentence(door, episode, clinic, text, sentence):
    page = keep(door, episode, clinic, text=text)
    assert (page.status_code, sentence in page.text) == (400, True)


def test_a_clinic_the_patient_does_not_share_with_is_no_choice(door, episode):
    assert keep(door, episode, make.make_clinic("Elsewhere")).status_code == 400


def test_notes_are_history(note):
    note.text = "Never said."
    for change in (note.save, note.delete, PrivateNote.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()


def test_the_table_refuses_an_empty_note_by_name(episode, clinic, clinician):
    with pytest.raises(IntegrityError, match="a_note_says_something"), transaction.atomic():
        PrivateNote.objects.create(
            episode=episode, clinic=clinic, author=clinician, key=uuid4(), text="", written_at=NOW
        )
