"""`manage.py audit_sending`: a process of its own that says whether all is well."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from recovery.management.commands import audit_sending
from recovery.models import Delivery, Shortfall
from recovery.services import outbox
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def audit(capsys) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        call_command("audit_sending", "--once")
    return ended.value.code, capsys.readouterr().out


@pytest.fixture
def a_stuck_delivery(db):
    long_ago = timezone.now() - timedelta(hours=1)
    outbox.write([outbox.message("k", "invitation", long_ago, recipient=make_user(), priority=2)])
    return Delivery.objects.get()


def test_all_is_well(capsys):
    assert audit(capsys) == (0, "0 episodes replayed: all is well\n")


def test_what_is_late_is_named_and_the_admin_is_written_to_at_once(capsys, a_stuck_delivery, mailoutbox):
    make_user("admin", email="admin@example.test")
    code, said = audit(capsys)
    assert code == 1 and "1 missing or late" in said and f"stuck: {a_stuck_delivery.pk}" in said
    assert [mail.to for mail in mailoutbox] == [["admin@example.test"]]
    assert Shortfall.objects.get().kind == "stuck"


def test_a_monitor_elsewhere_is_shown_a_sign_of_life_only_when_all_is_well(capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(audit_sending, "_show_outside", lambda: asked.append(1))
    audit(capsys)
    long_ago = timezone.now() - timedelta(hours=1)
    outbox.write([outbox.message("k", "invitation", long_ago, recipient=make_user(), priority=2)])
    audit(capsys)
    assert asked == [1]


def test_a_monitor_that_cannot_be_reached_stops_nothing(capsys, settings):
    settings.WATCHDOG_URL = "http://127.0.0.1:1/"
    assert audit(capsys)[0] == 0
