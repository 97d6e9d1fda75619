"""Real processes: a worker takes what beat sends, and /readyz tells when one of them is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import Heartbeat


def _beat_is_noted() -> bool:
    return Heartbeat.objects.filter(name="beat").exists()


@pytest.fixture
def broker(settings, valkey):
    settings.REDIS_URL = valkey.url
    return valkey


def test_beat_and_a_worker_together_note_a_heartbeat(celery_worker_process, celery_beat_process):
    celery_worker_process()
    celery_beat_process()
    assert processes.wait_until(_beat_is_noted, seconds=60)


@pytest.mark.django_db
def test_ready_when_database_broker_and_beat_are_fine(client, broker):
    Heartbeat.objects.create(name="beat", at=timezone.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "broker": True, "beat": True})


@pytest.mark.django_db
def test_not_ready_when_beat_was_last_seen_three_minutes_ago(client, broker):
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(minutes=3, seconds=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "broker": True, "beat": False})


@pytest.mark.django_db
def test_not_ready_when_the_broker_is_gone(client, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    Heartbeat.objects.create(name="beat", at=timezone.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (503, False)


def test_alive_needs_no_database(client):
    assert client.get("/healthz").status_code == 200
