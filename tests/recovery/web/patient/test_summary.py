"""One page to take to a doctor, on the screen and as a PDF."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.web.documents.sheet import pdf, printable
from tests import factories

from .conftest import DAY_5, words

SHEET = '<sheet title="T"><h>{{ word }}</h><pair><side><p>a</p></side><side/></pair></sheet>'


@pytest.fixture
def summary(page, episode):
    """The page as words, after one more check-in."""

    def read(**changes):
        factories.check_in(episode.patient, DAY_5, **changes)
        return words(page.get(reverse("patient:summary")))

    return read


def test_the_summary_says_what_was_told_in_numbers(summary):
    told = summary(
        average=5, worst=8, medicine="otc", woken=True, session={"status": "part", "pain": 6, "stopped": True}
    )
    assert "8 on 6 Mar" in told and "pain medicine on 1 day" in told and "woken by pain 1 time" in told
    assert "In part, pain 6, stopped or changed" in told


def test_warning_signs_stand_before_the_numbers(summary):
    told = summary(red_flags=("RF12",))
    assert told.index("Warning signs you ticked") < told.index("The last 14 days")


def test_only_a_chart_with_entries_is_drawn(page, patient, clock):
    factories.open_episode(patient)
    answer = page.get(reverse("patient:summary"))
    assert answer.status_code == 200 and "Pain, day by day" not in words(answer)


def test_the_pdf_is_one_page_however_long_the_history(page, patient, clock):
    factories.open_episode(patient)
    for number in range(60):
        day = factories.DAY_1 + timedelta(days=number)
        factories.check_in(patient, day, average=number % 5, worst=6, medicine="otc", woken=number % 2 == 0)
    clock.move_to(factories.at(factories.DAY_1 + timedelta(days=60)))
    answer = page.get(reverse("patient:summary_pdf"))
    assert answer["Content-Type"] == "application/pdf" and "backstride-summary" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-") and answer.content.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("name", ["Łukasz & Søn <b>", "Ольга", "\x07bell", "李" * 40])
def test_a_pdf_is_made_for_any_name(page, patient, episode, name):
    patient.display_name = name
    patient.save()
    assert page.get(reverse("patient:summary_pdf")).content.startswith(b"%PDF-")


def test_a_letter_the_font_lacks_loses_its_marks_or_is_asked_about():
    assert printable("Łukasz ăő 李") == "Łukasz ao ?"


def test_progress_and_the_stop_screen_lead_to_the_summary(page, episode):
    assert reverse("patient:summary") in words(page.get(reverse("patient:progress")))
    factories.check_in(episode.patient, DAY_5, red_flags=("RF12",))
    assert reverse("patient:summary") in words(page.get(reverse("patient:stop")))


def test_a_sheet_is_drawn_from_any_template(settings, tmp_path):
    (tmp_path / "sheet.xml").write_text(SHEET)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "APP_DIRS": False}]
    assert pdf("sheet.xml", {"word": "<&>"}).startswith(b"%PDF-")
