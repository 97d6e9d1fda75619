"""Admins hear once that beat has stopped."""

from datetime import timedelta

import pytest

from recovery.models import OutboxMessage
from recovery.services import alarms, heartbeat
from tests.factories import DAY_1, at, make_user

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)


@pytest.fixture
def admin(db):
    make_user("admin", is_active=False)
    make_user("clinician")
    return make_user("admin")


def told() -> list:
    return [message.recipient for message in OutboxMessage.objects.filter(kind="alarm")]


def test_every_active_admin_is_told_after_three_silent_minutes(admin):
    heartbeat.note("beat", NOW - timedelta(minutes=3, seconds=1))
    assert alarms.watch_beat(NOW) == 1
    assert told() == [admin]


def test_the_same_silence_is_told_once(admin):
    heartbeat.note("beat", NOW - timedelta(minutes=4))
    assert [alarms.watch_beat(NOW + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]


def test_another_silence_is_told_again(admin):
    for hours in (3, 1):
        heartbeat.note("beat", NOW - timedelta(hours=hours))
        alarms.watch_beat(NOW)
    assert told() == [admin, admin]


@pytest.mark.parametrize("minutes", [0, 3])
def test_a_beat_seen_lately_is_no_alarm(admin, minutes):
    heartbeat.note("beat", NOW - timedelta(minutes=minutes))
    assert alarms.watch_beat(NOW) == 0


def test_a_beat_never_seen_is_no_alarm(admin):
    assert alarms.watch_beat(NOW) == 0
