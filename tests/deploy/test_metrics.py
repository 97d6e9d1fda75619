"""The figures for a monitor: behind a token, in a form it can read, true."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recovery.channels import Permanent
from recovery.services import heartbeat, outbox
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client, settings):
    settings.METRICS_TOKEN = "t0ken"

    def ask(token="t0ken"):
        return client.get("/metrics", headers={"Authorization": f"Bearer {token}"} if token else {})

    return ask


def figures(answer) -> dict[str, float]:
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.mark.parametrize("token", ["", "other", "t0ken2"])
def test_without_the_token_there_is_nothing(read, token):
    assert read(token).status_code == 404


def test_where_no_token_is_set_there_is_nothing_for_anybody(read, settings):
    settings.METRICS_TOKEN = ""
    assert read("").status_code == 404


def test_what_waits_and_who_lives_is_told(read):
    now = timezone.now()
    heartbeat.note("beat", now)
    outbox.write([outbox.message("k", "invitation", now - timedelta(minutes=2), recipient=make_user())])
    told = figures(read())
    assert told['backstride_deliveries_due{line="urgent"}'] == 1
    assert 119 < told['backstride_oldest_due_age_seconds{line="urgent"}'] < 140
    assert told['backstride_deliveries_due{line="routine"}'] == 0
    assert told['backstride_last_sign_of_life_seconds{process="beat"}'] == pytest.approx(now.timestamp())
    assert told['backstride_last_sign_of_life_seconds{process="auditor"}'] == 0
    assert told["backstride_reminders_due"] == 0


def test_what_ended_is_told_by_how_it_ended(read):
    now = timezone.now()
    outbox.write([outbox.message(f"k{n}", "invitation", now, recipient=make_user()) for n in range(2)])
    outbox.deliver_due(lambda: now, lambda delivery, at: None)
    assert figures(read())['backstride_deliveries_ended_24h{end="sent"}'] == 2


def test_what_was_given_up_is_counted(read):
    now = timezone.now()

    def refuse(delivery, at):
        raise Permanent("nobody here")

    outbox.write([outbox.message("k", "on_duty", now, recipient=make_user())])
    outbox.deliver_due(lambda: now, refuse)
    assert figures(read())["backstride_messages_parked"] == 1


def test_every_figure_says_what_it_is(read):
    lines = read().content.decode().splitlines()
    named = {line.split()[2] for line in lines if line.startswith("# HELP")}
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE") and line.endswith(" gauge")}
    used = {line.split("{")[0].split()[0] for line in lines if not line.startswith("#")}
    assert named == typed == used and len(used) == 10
