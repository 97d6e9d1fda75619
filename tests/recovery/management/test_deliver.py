"""`manage.py deliver`: everything the workers do, without a broker."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError

from deploy import processes
from deploy.testing import workers
from recovery.models import OutboxMessage
from recovery.services import outbox, silence, sweep
from tests.factories import DAY_1, at, make_user

ROOT = Path(__file__).parents[3]


def wait_to_leave(count=1):
    people = [make_user() for _ in range(count)]
    outbox.write(outbox.message(f"k{n}", "invitation", at(DAY_1), recipient=who) for n, who in enumerate(people))


def deliver(capsys, *options) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        call_command("deliver", "--once", *options)
    said = capsys.readouterr()
    return ended.value.code, said.out.strip(), said.err.strip()


@pytest.mark.django_db
def test_one_round_says_what_it_did(capsys, mailoutbox):
    wait_to_leave(2)
    assert deliver(capsys) == (0, "2 deliveries ended", "")
    assert len(mailoutbox) == 2


@pytest.mark.django_db
def test_a_round_with_nothing_to_do_says_so(capsys):
    assert deliver(capsys) == (0, "nothing was due", "")


@pytest.mark.django_db
def test_what_one_round_could_not_do_is_another_ending(capsys, monkeypatch):
    wait_to_leave()
    monkeypatch.setattr(sweep, "_deliver", lambda *_: 0)
    monkeypatch.setattr(outbox, "deliver_due", lambda *_, **__: 0)
    assert deliver(capsys) == (3, "1 still due", "")


@pytest.mark.django_db
def test_a_part_that_fails_is_a_sentence_and_an_ending_of_its_own(capsys, monkeypatch, mailoutbox):
    wait_to_leave()
    monkeypatch.setattr(silence, "watch", lambda now: 1 / 0)
    code, out, err = deliver(capsys)
    assert (code, out, err) == (1, "1 deliveries ended", "These parts failed, the log says why: silence.")


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_a_sentence(capsys, monkeypatch):
    def refuse(*_):
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(sweep, "run", refuse)
    code, _, err = deliver(capsys)
    assert (code, err) == (1, "The database does not answer (connection refused): check DATABASE_URL.")


def test_the_loop_needs_no_broker_and_stops_when_asked(transactional_db, smtp_sink, tmp_path):
    env = {
        "DJANGO_SETTINGS_MODULE": "deploy.settings",
        "DEBUG": "1",
        "DATABASE_URL": workers.database_url(),
        "REDIS_URL": "",
        "EMAIL_URL": smtp_sink.url,
        "DATA_DIR": str(tmp_path),
    }
    log = tmp_path / "log"
    command = [sys.executable, "manage.py", "deliver", "--every", "0.2"]
    loop = processes.start(command, env={**os.environ, **env}, log=log, cwd=ROOT)
    try:
        assert processes.wait_until(lambda: "nothing was due" in log.read_text(), seconds=30), log.read_text()
        wait_to_leave()
        assert len(smtp_sink.wait_for(1)) == 1
        assert processes.wait_until(lambda: OutboxMessage.objects.get().state == "sent", seconds=10)
        loop.send_signal(signal.SIGTERM)
        assert loop.wait(10) == 0
    finally:
        processes.stop(loop)
    assert log.read_text().strip().endswith("stopped")


def test_it_says_how_it_ends():
    shown = subprocess.run(
        [sys.executable, "manage.py", "deliver", "--help"], cwd=ROOT, env={**os.environ, "DEBUG": "1"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert "--once" in shown.stdout and "3 when there was more" in " ".join(shown.stdout.split())
