"""Messages leave though the broker is empty, though it is gone, and though beat is."""

import pytest

from deploy import processes
from recovery.models import OutboxMessage
from recovery.services import heartbeat, outbox
from tests.factories import DAY_1, at, make_user

SOON = {"OWN_SWEEP_AFTER": "2"}


def write(key="k"):
    outbox.write([outbox.message(key, "invitation", at(DAY_1), recipient=make_user())])


@pytest.mark.parametrize("is_broker_there", [True, False])
def test_a_worker_without_beat_goes_round_by_itself(celery_worker_process, smtp_sink, valkey, is_broker_there):
    celery_worker_process(**SOON)
    try:
        if not is_broker_there:
            valkey.stop()
        write()
        assert len(smtp_sink.wait_for(1, seconds=40)) == 1
    finally:
        if not is_broker_there:
            valkey.start()


def test_ticks_go_on_after_the_broker_was_emptied(celery_worker_process, celery_beat_process, valkey, smtp_sink):
    celery_worker_process(OWN_SWEEP_AFTER="600")
    celery_beat_process()
    assert processes.wait_until(lambda: heartbeat.last("urgent"), seconds=60)
    valkey.flush()
    write()
    assert len(smtp_sink.wait_for(1, seconds=30)) == 1


def test_a_hint_reaches_a_worker_without_any_beat(celery_worker_process, smtp_sink, settings, valkey, monkeypatch):
    from deploy import hints
    from deploy.celery import app

    celery_worker_process(OWN_SWEEP_AFTER="600")
    settings.HINT = "deploy.hints.something_is_due"
    monkeypatch.setattr(app.conf, "broker_url", valkey.url.replace("unix://", "redis+socket://"))
    monkeypatch.setattr(app.conf, "broker_write_url", app.conf.broker_url)
    monkeypatch.setattr(hints, "_quiet_until", 0.0)
    write()
    assert len(smtp_sink.wait_for(1, seconds=30)) == 1


def test_a_hint_to_a_broker_that_is_gone_costs_a_moment_and_only_once(settings, monkeypatch, tmp_path):
    from deploy import hints
    from deploy.celery import app

    asked = []
    monkeypatch.setattr(hints, "_quiet_until", 0.0)
    monkeypatch.setattr(app.conf, "broker_write_url", f"redis+socket://{tmp_path}/nobody.sock")
    real = app.send_task
    monkeypatch.setattr(app, "send_task", lambda *a, **o: (asked.append(1), real(*a, **o)))
    for _ in range(5):
        hints.something_is_due()
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_message_written_while_the_broker_is_gone_is_kept(settings, monkeypatch, tmp_path):
    write()
    assert OutboxMessage.objects.get().state == "due"
