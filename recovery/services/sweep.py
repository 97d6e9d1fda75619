"""One round of everything that is due. Whoever makes it, and however often, the outcome is the same.

There are two lines, so that a flood of reminders never stands before a warning: `urgent` and `routine`. A tick of beat,
a hint after a commit, a worker's own clock and `manage.py deliver` all come here.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connections

from recovery.channels import mail_line
from recovery.models import OutboxMessage

from . import alarms, climbing, digests, escalations, heartbeat, outbox, plan_moves, reminders, silence

log = logging.getLogger(__name__)
URGENT, ROUTINE = LINES = "urgent", "routine"
LONGEST = timedelta(seconds=20)  # the last message begun may take as long again before Celery's limits are near
NEGLECTED_AFTER = timedelta(seconds=60)
FIRST = (OutboxMessage.Priority.SAFETY, OutboxMessage.Priority.ACCOUNT)
Clock = Callable[[], datetime]


@dataclass
class Swept:
    """What one round did, by what was done, and the parts of it that failed."""

    done: Counter = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


def run(lines: Iterable[str], now: Clock, send: outbox.Send, longest: timedelta = LONGEST) -> Swept:
    """Goes round these lines, and round any other that nobody has gone round lately; urgent first."""
    swept, until = Swept(), now() + longest
    wanted = {*lines, *(line for line in LINES if not heartbeat.is_fresh(line, now(), NEGLECTED_AFTER))}
    with mail_line.kept_open():
        for line in LINES:
            if line in wanted:
                _round(line, now, send, until, swept)
    return swept


def _round(line: str, now: Clock, send: outbox.Send, until: datetime, swept: Swept) -> None:
    for name, step in STEPS[line].items():
        try:
            step(now, send, until, swept.done)
        except Exception:
            log.exception("the step %s of a sweep failed", name)
            swept.failed.append(name)
            _drop_broken_connections()
    heartbeat.note(line, now())


def _drop_broken_connections() -> None:
    """A connection that broke in one step must not fail the next one too."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _judge_silence(now, send, until, done) -> None:
    done["silent episodes judged"] += silence.watch(now())


def _show_again(now, send, until, done) -> None:
    done["escalations shown again"] += escalations.show_again(now())


def _climb(now, send, until, done) -> None:
    done["escalations climbed"] += climbing.climb_due(now())


def _deliver_first(now, send, until, done) -> None:
    done["deliveries ended"] += _deliver(now, send, until, FIRST)


def _watch_beat(now, send, until, done) -> None:
    done["alarms raised"] += alarms.watch_beat(now())


def _remind_and_deliver(now, send, until, done) -> None:
    """In turns, so that the first reminders leave while the last ones are still being written."""
    while now() < until:
        reminded = reminders.remind_due(now())
        ended = outbox.deliver_due(now, send, until=until)
        done["reminders ended"] += reminded
        done["deliveries ended"] += ended
        if not reminded and ended < outbox.BATCH:
            return


def _move_plans(now, send, until, done) -> None:
    """Last of all: whoever waits for a message does not wait for somebody's new version."""
    while now() < until and (moved := plan_moves.make_due(now())):
        done["plan moves looked at"] += moved


def _schedule(now, send, until, done) -> None:
    done["reminders scheduled"] += reminders.schedule_missing(now())


def _write_digests(now, send, until, done) -> None:
    digests.schedule_missing(now())
    done["weekly letters written"] += digests.write_due(now())


def _lapse(now, send, until, done) -> None:
    done["deliveries lapsed"] += outbox.lapse_overdue(now())


def _deliver(now, send, until, priorities=None) -> int:
    ended = 0
    while (some := outbox.deliver_due(now, send, until=until, priorities=priorities)) >= outbox.BATCH:
        ended += some
    return ended + some


STEPS = {
    URGENT: {
        "silence": _judge_silence,
        "climbing": _climb,
        "showing again": _show_again,
        "beat": _watch_beat,
        "urgent deliveries": _deliver_first,
    },
    ROUTINE: {
        "lapsing": _lapse,
        "weekly letters": _write_digests,
        "reminders and deliveries": _remind_and_deliver,
        "next reminders": _schedule,
        "plan moves": _move_plans,
    },
}
