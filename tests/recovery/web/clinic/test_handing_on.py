"""Pausing, ending and sending on: each with words the patient reads, and with what stays open said plainly."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from recovery.models import Ending, Episode, OutboxMessage, Pause, Referral, Reminder, ThreadMessage
from recovery.services import handing_on, threads
from recovery.services.refusals import Refused
from recovery.web.documents.sheet import printable
from tests import factories as make

from .conftest import NOW, TODAY, raised

WORDS = "Have a good rest, we talk again in May."


@pytest.fixture
def send(door, episode, clinic):
    def post(name, **values):
        sent = {"clinic": clinic.pk, "text": WORDS, "key": uuid4(), **values}
        return door.post(reverse(f"clinic:{name}", args=[episode.pk]), sent)

    return post


def said(patient, clinic) -> list[str]:
    return [line.message.text for line in threads.lines(threads.between(patient, clinic), patient)]


def test_a_pause_is_the_patient_s_own_kind_of_pause_with_who_made_it(send, patient, clinic, clinician, episode):
    assert send("pause", why="ill", resumes_on=TODAY + timedelta(days=7)).status_code == 302
    row = Pause.objects.get()
    assert (row.reason, row.made_by, row.resumes_on) == ("ill", clinician, TODAY + timedelta(days=7))
    assert said(patient, clinic) == [WORDS]
    assert Episode.objects.get().is_paused_on(TODAY)


def test_ending_stops_reminders_keeps_history_and_tells_the_patient(send, door, patient, clinic, episode):
    make.check_in(patient, TODAY)
    assert send("end", why="recovered", note="Runs 5 km.").status_code == 302
    episode.refresh_from_db()
    assert (episode.is_open, episode.close_reason, Ending.objects.get().note) == (False, "recovered", "Runs 5 km.")
    assert not Reminder.objects.filter(state="due").exists()
    assert said(patient, clinic) == [WORDS]
    assert episode.check_ins.count() == 1
    assert "Runs 5 km." in door.get(reverse("clinic:timeline", args=[episode.pk])).text


def test_no_message_that_leaves_holds_a_word_of_it(send):
    send("end", why="other")
    assert OutboxMessage.objects.filter(kind="thread_patient").count() == 1
    assert WORDS not in str(list(OutboxMessage.objects.values()))


def test_before_it_ends_what_is_open_is_named(door, episode, patient, clinic):
    address = reverse("clinic:end", args=[episode.pk])
    assert "Nothing." in door.get(address).text
    raised(episode, "E2")
    threads.send(patient, patient, clinic, "May I swim?", uuid4(), NOW)
    page = door.get(address).text
    assert "Pain past four weeks" in page and "stays open until somebody closes it." in page
    assert "A message waits for an answer." in page


def test_an_open_notice_stays_open_after_the_end(send, episode):
    warning = raised(episode, "E2")
    send("end", why="left")
    warning.refresh_from_db()
    assert warning.status == "open"


def test_ended_twice_it_says_so_and_says_it_to_the_patient_once(send):
    send("end", why="left")
    page = send("end", why="left")
    assert (page.status_code, "has ended" in page.text) == (400, True)
    assert (Ending.objects.count(), ThreadMessage.objects.count()) == (1, 1)


def test_a_referral_keeps_to_whom_and_why_and_makes_a_letter_of_one_page(send, door, patient, clinic, episode):
    for number in range(9):
        make.check_in(patient, make.DAY_1 + timedelta(days=number))
    assert send("refer", to_whom="The spine clinic", why="Pain in a leg.\nNo better.").status_code == 302
    row = Referral.objects.get()
    page = door.get(reverse("clinic:refer", args=[episode.pk])).text
    address = reverse("clinic:letter", args=[episode.pk, row.pk])
    assert "The spine clinic" in page and address in page
    letter = PdfReader(BytesIO(door.get(address).content))
    words = " ".join(letter.pages[0].extract_text().split())
    assert len(letter.pages) == 1
    for part in (
        "The spine clinic",
        "Pain in a leg.",
        "No better.",
        "Tom Achterberg",
        printable(patient.name),
        clinic.name,
    ):
        assert part in words
    episode.refresh_from_db()
    assert episode.is_open


def test_a_referral_may_end_the_plan_here(send, episode):
    send("refer", to_whom="Dr Vos", why="Needs more.", is_ended="on")
    episode.refresh_from_db()
    assert (episode.is_open, episode.close_reason) == (False, "referred")


def test_a_double_tap_refers_once(episode, clinic, clinician):
    words = handing_on.Words(clinic, WORDS, uuid4())
    for _ in range(2):
        handing_on.refer(episode.pk, "Dr Vos", "Needs more.", words, clinician, NOW)
    assert (Referral.objects.count(), ThreadMessage.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("pause", {"why": "ill", "resumes_on": TODAY}, "resumes_on"),
        ("pause", {"why": "ill", "resumes_on": TODAY + timedelta(days=29)}, "resumes_on"),
        ("pause", {"resumes_on": TODAY + timedelta(days=3)}, "Choose why."),
        ("end", {"why": "recovered", "text": " "}, "Write what the patient reads."),
        ("refer", {"to_whom": "", "why": "x"}, "Say to whom."),
        ("refer", {"to_whom": "Dr Vos", "why": ""}, "Say why."),
    ],
)
def test_what_may_not_be_is_refused_and_nothing_is_said(send, name, values, sentence):
    page = send(name, **values)
    assert (page.status_code, sentence in page.text) == (400, True)
    assert not ThreadMessage.objects.exists() and Episode.objects.get().is_open


def test_a_warning_sign_is_not_paused(send, patient, episode):
    make.check_in(patient, TODAY, red_flags=("RF05",))
    assert send("pause", why="ill", resumes_on=TODAY + timedelta(days=3)).status_code == 400
    assert not Pause.objects.exists() and not ThreadMessage.objects.exists()


def test_with_a_clinic_they_no_longer_share_with_nobody_is_sent_on(episode, clinician):
    words = handing_on.Words(make.make_clinic("Elsewhere"), WORDS, uuid4())
    with pytest.raises(Refused, match="no longer share"):
        handing_on.refer(episode.pk, "Dr Vos", "Needs more.", words, clinician, NOW)
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("changes", "name"), [({"to_whom": ""}, "referral_says_to_whom"), ({"reason": ""}, "referral_says_why")]
)
def test_the_table_refuses_nonsense_by_name(episode, clinic, clinician, changes, name):
    values = {"to_whom": "Dr Vos", "reason": "Needs more."} | changes
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Referral.objects.create(episode=episode, clinic=clinic, key=uuid4(), made_by=clinician, made_at=NOW, **values)
