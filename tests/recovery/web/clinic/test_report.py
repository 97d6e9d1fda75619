"""One page about one patient, for colleagues."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from recovery.services import episodes
from recovery.web.clinic.report import report_of, stays_of
from recovery.web.documents.sheet import printable
from tests import factories as make

from .conftest import NOW, TODAY


def read(episode) -> str:
    """The words of the page before they are drawn."""
    episode.refresh_from_db()
    made = report_of(episode, TODAY)
    words = render_to_string("documents/report.xml", {"page": made.summary, "report": made})
    return " ".join(words.split())


def test_the_patient_s_page_leads_to_a_pdf_of_one_page(door, patient, episode):
    for number in range(9):
        make.check_in(patient, make.DAY_1 + timedelta(days=number))
    address = reverse("clinic:report", args=[episode.pk])
    assert address in door.get(reverse("clinic:patient", args=[episode.pk])).text
    answer = door.get(address)
    assert answer["Content-Type"] == "application/pdf" and "backstride-report" in answer["Content-Disposition"]
    assert patient.display_name not in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-") and answer.content.count(b"/Type /Page\n") == 1


def test_it_names_the_versions_that_decided(patient, episode):
    make.check_in(patient, make.DAY_1)
    assert "version 1, rules version 1" in read(episode)


def test_it_tells_signs_and_who_looked_at_them(patient, episode, clinician):
    make.check_in(patient, TODAY, red_flags=("RF11",))
    episodes.record_clearance(episode.pk, "doctor", TODAY, clinician, NOW)
    words = read(episode)
    assert "Not closed yet." in words
    assert "Looked at by a professional on" in words


def test_without_a_sign_it_claims_nothing(episode):
    assert "The entries cannot rule anything out." in read(episode)


def test_a_clinician_s_change_stands_with_its_reason(episode, clinician):
    until = TODAY + timedelta(days=7)
    episodes.override(episode.pk, "low_impact", "", "Seen <today> & ready.", until, clinician, NOW)
    assert "Seen &lt;today&gt; &amp; ready." in read(episode)


def test_phases_follow_each_other_without_a_gap(patient, episode):
    for number in range(9):
        make.check_in(patient, make.DAY_1 + timedelta(days=number), average=1, worst=1, morning=1, function=1)
    episode.refresh_from_db()
    stays = stays_of(episode, list(episode.decisions.order_by("day")))
    assert stays[0].since == episode.started_on
    assert stays[-1].phase == episode.phase and stays[-1].until is None
    assert [stay.until for stay in stays[:-1]] == [stay.since for stay in stays[1:]]


def test_the_pdf_read_back_says_who_when_and_by_which_rules(door, patient, episode):
    for number in range(9):
        make.check_in(patient, make.DAY_1 + timedelta(days=number), average=number % 4, worst=5)
    report = PdfReader(BytesIO(door.get(reverse("clinic:report", args=[episode.pk])).content))
    words = " ".join(report.pages[0].extract_text().split())
    assert len(report.pages) == 1
    for part in (
        printable(patient.name),
        "11 March 2026",
        "Trouble on a normal day",
        "rules version 1",
        "not a diagnosis",
    ):
        assert part in words


@pytest.mark.parametrize("name", ["Dvořák", "刘伟", "<b>"])
def test_a_pdf_is_made_for_any_name(door, patient, episode, name):
    patient.display_name = name
    patient.save()
    assert door.get(reverse("clinic:report", args=[episode.pk])).content.startswith(b"%PDF-")
