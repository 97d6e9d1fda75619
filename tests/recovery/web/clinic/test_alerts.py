"""The page of a week's alerts: figures in a table and drawn, nobody's name, and the way to other weeks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from recovery.models import Escalation
from recovery.services import escalations
from recovery.web.clinic.alerts import duration
from tests import factories as make

from .conftest import NOW, raised

ALERTS = reverse("clinic:alerts")


def words(response) -> str:
    return " ".join(response.text.split())


@pytest.fixture
def taken(episode, clinician):
    row = raised(episode, "E5", "WD", NOW - timedelta(hours=3))
    escalations.acknowledge(row.pk, clinician, NOW - timedelta(hours=1))
    return row


def test_the_week_stands_in_a_table_and_is_drawn(door, taken):
    text = words(door.get(ALERTS))
    assert "1 alert" in text and "2 hours" in text and 'class="pairbars"' in text and "Tom Achterberg" in text


def test_no_patient_is_named_and_so_no_line_is_left(door, taken, patient):
    assert patient.display_name not in words(door.get(ALERTS)) and not AuditEvent.objects.exists()


def test_another_clinic_s_alerts_are_not_counted(door, client, taken):
    client.force_login(make.make_clinician(make.make_clinic("Mill Lane")))
    assert "Nothing was raised in this week" in words(client.get(ALERTS))


def test_earlier_weeks_can_be_read(door, taken):
    Escalation.objects.update(raised_at=NOW - timedelta(days=9))
    assert "Nothing was raised in this week" in words(door.get(ALERTS))
    assert "1 alert" in words(door.get(ALERTS, {"back": 1}))


@pytest.mark.parametrize("back", ["-1", "x", "99999", "", "٣"])
def test_a_week_that_makes_no_sense_is_this_one(door, clinic, back):
    assert door.get(ALERTS, {"back": back}).status_code == 200


def test_without_a_trial_the_page_says_how_to_make_one(door, taken):
    assert "No draft has been tried yet" in words(door.get(ALERTS))


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (None, ""),
        (timedelta(seconds=20), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(span, said):
    assert duration(span) == said
