"""E-mail: who it goes to, what happens when it cannot, and that it says nothing about anybody's health."""

import re
import smtplib
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core import mail

from recovery.channels import AddressRefused, Permanent, Temporary, email
from recovery.models import Delivery, OutboxMessage
from tests import factories as make

NOW = make.at(make.DAY_1)
KINDS = (
    "reminder",
    "silence_nudge",
    "escalation_patient",
    "escalation_clinic",
    "red_flag_patient",
    "red_flag_clinic",
    "invitation",
)
HOSTILE = ("Nora", "Nora\r\nBcc: spy@example.test", "<script>alert(1)</script>", "Back pain 7/10", "{{ secret }}", "")
LETTERS = Path(__file__).resolve().parents[3] / "templates" / "messages"
CLINICAL = (
    r"pain|back|spine|spinal|lumbar|leg|nerve|disc|hernia|sciatica|stenosis|fracture|cancer|injury|"
    r"rehab|physio|physiotherap\w+|doctor|symptom|diagnos\w+|medicine|bladder|numb\w*|worse|severe|emergency|"
    r"exercise\w*|session|run|running|runner|stretch\w*|phase|score|flag|clinician|patient"
)
NUMBER = re.compile(r"\d")


@dataclass
class ProviderSays:
    """As much of a provider's answer as its error asks for."""

    status_code: int
    reason: str = ""
    text: str = ""
    url: str = ""


def message(kind, name="Nora", **fields) -> OutboxMessage:
    recipient = None if kind == "invitation" else make.make_user(display_name=name)
    return OutboxMessage(
        kind=kind,
        key=str(uuid4()),
        recipient=recipient,
        address="" if recipient else "new@example.test",
        escalation_id=uuid4() if kind.endswith("_clinic") else None,
        context={"path": "/invitations/TOKEN/"} if kind == "invitation" else {},
        created_at=NOW,
        due_at=NOW,
        **fields,
    )


def said(text: str) -> str:
    """What a reader sees: no addresses, no markup, not our own name."""
    text = re.sub(r"<head>.*?</head>", "", text, flags=re.DOTALL)
    text = re.sub(r"https?://\S+", "", re.sub(r'<a href="[^"]*">', "", text))
    return re.sub(r"<[^>]+>", " ", text).replace("Backstride", "")


def parts(kind, name="Nora"):
    composed = email.compose(message(kind, name), NOW)
    return composed.subject, composed.body, composed.alternatives[0].content


@pytest.fixture(scope="module")
def exercise_names():
    return [row["name"].lower() for row in make.shipped_document()["exercises"]]


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_no_message_says_anything_about_health(kind, name, exercise_names):
    for part in parts(kind, name):
        words = said(part).lower()
        assert not re.search(rf"\b({CLINICAL})\b", words), words
        assert not NUMBER.search(words)
        assert not any(exercise in words for exercise in exercise_names)


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_no_name_can_add_a_header_or_markup(kind, name):
    composed = email.compose(message(kind, name), NOW)
    assert composed.message()["Bcc"] is None
    assert "\n" not in composed.subject
    assert "<script" not in composed.alternatives[0].content


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_message_links_to_this_site_and_nowhere_else(kind, settings):
    settings.SITE_URL = "https://back.example.org"
    _, text, html = parts(kind)
    links = re.findall(r"https?://[^\s\"<]+", text + html)
    assert links
    assert all(link.startswith("https://back.example.org/") for link in links)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same(kind):
    _, text, html = parts(kind)
    sentences = [line for line in said(text).splitlines() if line.strip().endswith((".", ","))]
    assert all(" ".join(line.split()) in " ".join(said(html).split()) for line in sentences)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["red_flag_patient", "silence_nudge"])
def test_a_worried_patient_is_led_to_help_that_needs_no_password(kind):
    assert "/urgent-help/" in parts(kind)[1]


@pytest.mark.django_db
def test_an_escalation_names_its_own_page():
    row = message("red_flag_clinic")
    assert f"/clinic/escalations/{row.escalation_id}/" in email.compose(row, NOW).body


@pytest.mark.django_db
def test_a_message_can_be_recognised_when_it_arrives_twice():
    row = message("reminder")
    assert email.compose(row, NOW).extra_headers["Message-ID"].startswith(f"<{row.pk}@")


@pytest.mark.django_db
def test_a_message_goes_to_the_address_the_person_has_now():
    row = message("reminder")
    row.recipient.email = "new.address@example.test"
    email.Email().send(Delivery(message=row), NOW)
    assert mail.outbox[0].to == ["new.address@example.test"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), AddressRefused),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"try again")}), Temporary),
        (smtplib.SMTPDataError(554, b"refused"), Permanent),
        (smtplib.SMTPDataError(421, b"busy"), Temporary),
        (smtplib.SMTPServerDisconnected("gone"), Temporary),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), Temporary),
        (smtplib.SMTPConnectError(554, b"not today"), Temporary),
        (smtplib.SMTPHeloError(550, b"who are you"), Temporary),
        (smtplib.SMTPSenderRefused(550, b"not from there", "us"), Temporary),
        (AnymailRecipientsRefused(), AddressRefused),
        (AnymailRequestsAPIError(response=ProviderSays(422)), Permanent),
        (AnymailRequestsAPIError(response=ProviderSays(401)), Temporary),
        (AnymailRequestsAPIError(response=ProviderSays(429)), Temporary),
        (AnymailRequestsAPIError(response=ProviderSays(503)), Temporary),
        (ConnectionRefusedError(), Temporary),
        (TimeoutError(), Temporary),
    ],
)
def test_a_failure_is_for_now_or_for_ever(monkeypatch, problem, kind):
    def fail(self, *args, **options):
        raise problem

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    with pytest.raises(kind) as raised:
        email.Email().send(Delivery(message=message("reminder")), NOW)
    assert raised.type is kind


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["reminder", "silence_nudge"])
def test_a_routine_letter_has_a_one_click_way_out(kind):
    headers = email.compose(message(kind), NOW).extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http") and "/unsubscribe/" in headers["List-Unsubscribe"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["red_flag_patient", "red_flag_clinic", "escalation_patient", "invitation"])
def test_a_letter_about_safety_or_the_account_has_none(kind):
    row = message(kind)
    row.priority = 1 if kind == "invitation" else 0
    composed = email.compose(row, NOW)
    assert "List-Unsubscribe" not in composed.extra_headers
    assert "/unsubscribe/" not in composed.body + composed.alternatives[0].content


@pytest.mark.parametrize(
    "kind", ["reminder", "silence_nudge", "escalation_patient", "red_flag_patient", "thread_patient"]
)
def test_no_sentence_a_letter_could_say_tells_of_health_whichever_way_it_goes(kind):
    for path in sorted(LETTERS.glob(f"{kind}.*")):
        sentences = re.findall(r'translate "([^"]*)"', path.read_text(encoding="utf-8"))
        assert sentences or path.suffix != ".txt"
        assert [words for words in sentences if re.search(rf"\b({CLINICAL})\b", words, re.IGNORECASE)] == []
