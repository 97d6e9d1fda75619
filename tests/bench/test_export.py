"""How long a patient waits for five years of their data: everything as JSON, the diary as CSV, one page as PDF."""

import json
from datetime import timedelta
from time import perf_counter

import pytest
from django.urls import reverse

from recovery.models import CheckIn, Decision, Finding
from recovery.services import export
from tests import factories as make

DAYS = 5 * 365
PROMISED = 60  # seconds, each
pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    """Five years, each day with answers, a decision and as many findings as the first one had."""
    episode = make.open_episode()
    first = make.check_in(episode.patient, make.DAY_1)
    findings = list(first.decision.findings.all())
    days = [make.DAY_1 + timedelta(days=number) for number in range(1, DAYS)]
    check_ins = CheckIn.objects.bulk_create(_copy(first.check_in, day=day, known_on=day) for day in days)
    decisions = Decision.objects.bulk_create(
        _copy(first.decision, day=row.day, check_in_id=row.pk) for row in check_ins
    )
    Finding.objects.bulk_create(
        (_copy(each, decision_id=row.pk) for row in decisions for each in findings), batch_size=5000
    )
    return episode.patient


def _copy(row, **changes):
    plain = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    if isinstance(row, CheckIn):
        plain["key"] = make.uuid4()
    return type(row)(**{**plain, **changes})


def seconds_of(work) -> tuple[float, object]:
    began = perf_counter()
    made = work()
    return perf_counter() - began, made


def test_five_years_are_at_hand_within_a_minute(patient, client):
    client.force_login(patient)
    took, text = seconds_of(lambda: "".join(export.as_json(patient, make.at(make.DAY_1))))
    rows = json.loads(text)["rows"]
    assert len(rows["recovery.CheckIn"]) == len(rows["recovery.Decision"]) == DAYS
    table, lines = seconds_of(lambda: "".join(export.as_csv(patient)))
    assert len(lines.splitlines()) == DAYS + 1
    paper, sheet = seconds_of(lambda: client.get(reverse("patient:summary_pdf")).content)
    assert sheet.startswith(b"%PDF")
    for name, seen in (("JSON", took), ("CSV", table), ("PDF", paper)):
        print(f"\n{DAYS} days as {name}: promised {PROMISED} s, seen {seen:.2f} s", end="")
        assert seen < PROMISED
    print(f"\n{len(text) / 1e6:.1f} MB of JSON, {sum(map(len, rows.values()))} rows")
