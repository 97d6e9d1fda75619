"""The order in which a phone delivers, and the zone it is in, change no byte of what is decided."""

import json
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from recovery.models import Decision
from recovery.services import check_ins
from recovery.services.verification import differences
from tests.factories import DAY_1, entry, make_user, open_episode

pytestmark = pytest.mark.django_db
DAYS = 14
AVERAGES = (4, 4, 3, 7, 3, 2, 2, 1, 1, 5, 1, 1, 0, 0)


def local(day, zone: str, hour: int) -> datetime:
    """A wall-clock hour as an instant."""
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def decided(zone: str, order: list[int]) -> bytes:
    """Everything stored about fourteen days that were answered in time and delivered in this order."""
    patient = make_user(time_zone=zone)
    episode = open_episode(patient, local(DAY_1, zone, 7))
    days = [DAY_1 + timedelta(days=number) for number in range(DAYS)]
    for number in order:
        average = AVERAGES[number]
        session = {"status": "done", "pain": 2} if number % 2 == 0 else None
        answers = {"average": average, "worst": average + 1, "morning": min(average, 3), "session": session}
        made = entry(days[number], made_at=local(days[number], zone, 20), zone=zone, **answers)
        check_ins.record(patient, made, local(days[-1], zone, 22))
    episode.refresh_from_db()
    assert list(differences(episode)) == []
    found = [
        {
            "day": row.day.isoformat(),
            "decision": [row.outcome, row.rule, row.phase, row.run_level, row.notices, row.state_after],
            "findings": [[each.rule, each.verdict, each.figures, each.limits] for each in row.findings.all()],
        }
        for row in Decision.objects.standing().filter(episode=episode).order_by("day")
    ]
    assert len(found) == DAYS
    return json.dumps(found).encode()


def test_any_order_of_arrival_ends_in_the_same_bytes():
    in_order = decided("UTC", list(range(DAYS)))
    for seed in range(6):
        order = list(range(DAYS))
        Random(seed).shuffle(order)
        assert decided("UTC", order) == in_order, seed


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu"])
def test_any_time_zone_ends_in_the_same_bytes(zone):
    assert decided(zone, list(range(DAYS))) == decided("UTC", list(range(DAYS)))
