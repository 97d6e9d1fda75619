"""Every kind of letter, as it really arrives, to people with hostile names: nothing private, nothing injected."""

import re

import pytest
from django.utils import timezone

from deploy import processes
from recovery.services import outbox
from tests import factories
from tests.recovery.channels.test_email import CLINICAL, HOSTILE, KINDS, NUMBER, said

from . import letters


def arrived(senders, sink, bug="") -> list:
    """What stands in the letters of every kind to everybody."""
    now = timezone.now()
    clinic = factories.make_clinic()
    rows = []
    for n, name in enumerate(HOSTILE):
        patient = factories.make_user(display_name=name)
        factories.share(patient, clinic)
        episode = factories.open_episode(patient)
        for kind in KINDS:
            to = factories.make_clinician(clinic, display_name=name) if kind.endswith("_clinic") else patient
            context = {"path": "/invitations/TOKEN/"} if kind == "invitation" else {}
            fields = {"recipient": to, "episode": episode, "priority": 1, "context": context}
            rows.append(outbox.message(f"private:{n}:{kind}", kind, now, **fields))
    outbox.write(rows)
    senders.start(2, bug)
    processes.wait_until(lambda: not letters.left(), seconds=60, pause=0.1)
    clinical = re.compile(rf"\b({CLINICAL})\b", re.IGNORECASE)
    subjects = [mail["Subject"] for mail in sink.messages]
    bodies = [said(mail.get_body([kind]).get_content()) for mail in sink.messages for kind in ("plain", "html")]
    private = [text for text in (*subjects, *bodies) if clinical.search(text) or NUMBER.search(text)]
    injected = [mail for mail in sink.messages if mail["Bcc"] or len(mail.to) != 1 or "<script" in mail.as_string()]
    there = len({str(row.pk) for row in rows} & set(sink.copies()))
    return [
        ("N7 letters of every kind arrived", len(rows), there, there == len(rows)),
        ("N7 with a word or figure about health", 0, len(private), not private),
        ("N7 with a header, a recipient or a script of somebody's name", 0, len(injected), not injected),
    ]


def test_what_arrives_says_nothing_about_health(senders, sink, report):
    report(*arrived(senders, sink))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_subject_that_says_what_it_is_about_would_be_caught(senders, sink, report):
    report.broken_by("chatty", *arrived(senders, sink, "chatty"))
