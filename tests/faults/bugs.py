"""Faults sown on purpose: a test that none of them can break is found out."""

import time
from datetime import timedelta

from django.db import connection

from recovery.channels import email
from recovery.models import Delivery
from recovery.rules import climbing
from recovery.rules.reminders import A_DAY
from recovery.rules.wishes import next_reminder
from recovery.services import check_ins, heartbeat, leases, outbox
from recovery.services import climbing as climbs
from recovery.services.auditor import rounds

BETWEEN = 0.1  # seconds a forgetful sender takes to reach the mail server


def sow(name: str) -> None:
    """Spoils the product in one place; an empty name spoils nothing."""
    if name:
        BUGS[name]()


def _forgetful() -> None:
    """Marks a message sent before sending it: a crash in between loses it."""

    def deliver(row, now, send):
        ended = outbox._settle(row, now(), state="sent")
        time.sleep(BETWEEN)
        send(row, now())
        return lambda: ended

    outbox._deliver = deliver


def _greedy() -> None:
    """Sends what another sender holds, in that one's name: every sender sends everything."""
    claim = outbox._claim

    def claim_anyway(row, now):
        if not claim(row, now):
            row.epoch = Delivery.objects.get(pk=row.pk).epoch
        return True

    outbox._claim = claim_anyway


def _trusting() -> None:
    """Ends a lease by the wall clock: a clock set forward frees what another sender is sending just now."""
    leases._boot = lambda: ""


def _deaf() -> None:
    """Does not ask again before sending: who has spoken, left or withdrawn meanwhile is written to all the same."""
    outbox.reason_to_withhold = lambda row, now: ""


def _noisy() -> None:
    """Knows no quiet hours."""
    outbox.hold_until = lambda row, now: None


def _strict() -> None:
    """Holds everybody's messages for quiet hours, a warning too."""
    outbox.hold_until = lambda row, now: now + timedelta(hours=8)


def _chatty() -> None:
    """Says in the subject what it is about."""
    compose = email.compose

    def tell(message, now):
        mail = compose(message, now)
        mail.subject = f"Your back pain: {mail.subject}"
        return mail

    email.compose = tell


def _lame() -> None:
    """Takes a step of a climb without counting it."""
    take = climbing.take
    climbs.rules.take = lambda climb, now, zone: (climb, take(climb, now, zone)[1])


def _forward_only() -> None:
    """Decides a day when it arrives and never again: a late day changes nothing behind it."""
    judge = check_ins.judge

    def judge_on(episode, since, now, said=None):
        return judge(episode, max(since, episode.folded_through or since), now, said=said)

    check_ins.judge = judge_on


def _deferred() -> None:
    """Begins a transaction as the framework does by itself: reading, and asking for the right to write too late."""
    connection.settings_dict["OPTIONS"].pop("transaction_mode")


def _cheerful() -> None:
    """An auditor that says all is well whatever it has found."""
    rounds._tell = lambda standing, has_failed, now: heartbeat.note(rounds.AUDITOR, now)


def a_day_later(now, zone, wish):
    """Takes tomorrow for twenty-four hours from the last time."""
    day, instant = next_reminder(now - A_DAY, zone, wish)
    return day + A_DAY, instant + A_DAY


BUGS = {
    "forgetful": _forgetful,
    "greedy": _greedy,
    "trusting": _trusting,
    "deaf": _deaf,
    "noisy": _noisy,
    "strict": _strict,
    "chatty": _chatty,
    "lame": _lame,
    "forward_only": _forward_only,
    "deferred": _deferred,
    "cheerful": _cheerful,
}
