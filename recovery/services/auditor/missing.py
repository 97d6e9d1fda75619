"""Escalations the rules call for and nobody raised; found by folding the last days anew."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from recovery.models import Decision, Episode, Escalation, OutboxMessage
from recovery.models.shortfall import ShortfallKind as Kind
from recovery.rules.decide import RULES_VERSION
from recovery.rules.decision import DayDecision
from recovery.rules.red_flags import FLAGS
from recovery.rules.reminders import local_day

from ..escalations import URGENCY
from ..folding import replayed
from .finding import Found

WINDOW = timedelta(days=14)
GRACE = timedelta(minutes=5)
CLOSES = timedelta(hours=8)  # a day is final at noon of the next: eight hours after that day began at 04:00


def missing_escalations(episode: Episode, now: datetime) -> Iterator[Found]:
    """Every notice and warning sign of the last fourteen days without an escalation that answers it."""
    since = max(episode.started_on, local_day(now, episode.patient.zone) - WINDOW)
    raised = list(episode.escalations.select_related("resolution"))
    other_rules = _decided_by_other_rules(episode, since)
    for decision in replayed(episode, since, through=_silent_through(episode, now)):
        if decision.day < since or decision.day in other_rules:
            continue
        for code in _called_for(decision):
            if not any(_answers(row, code, decision.day) for row in raised):
                yield Found(Kind.MISSING, f"{code} {decision.day} {episode.pk}", _instant(decision.day), episode.pk)


def untold_escalations(episode: Episode, now: datetime) -> Iterator[Found]:
    """Escalations of the last fourteen days about whose raising no message was written to anybody."""
    written = set(OutboxMessage.objects.about(episode).exclude(escalation=None).values_list("created_at", flat=True))
    for row in episode.escalations.filter(raised_at__gte=now - WINDOW):
        if row.raised_at not in written:
            yield Found(Kind.UNTOLD, str(row.pk), row.raised_at, episode.pk)


def _called_for(decision: DayDecision) -> list[str]:
    """Codes a person must hear of; of all warning signs of a new stop, one speaks for the rest."""
    codes = [code for code in decision.notices if code in URGENCY and code not in decision.withheld]
    return [*codes, *(["stop"] if decision.outcome == "stop" else [])]


def _answers(row: Escalation, code: str, day: date) -> bool:
    """Whether this escalation is of that kind and was raised for the day, or stood open on it."""
    if row.code != code and not (code == "stop" and row.code in FLAGS):
        return False
    return row.day >= day or row.status != "resolved" or row.resolution.day >= day


def _decided_by_other_rules(episode: Episode, since: date) -> set[date]:
    """Days decided by an earlier edition of the rules: what this one would say of them proves nothing."""
    standing = Decision.objects.standing().filter(episode=episode, day__gte=since)
    return set(standing.exclude(rules_version=RULES_VERSION).values_list("day", flat=True))


def _silent_through(episode: Episode, now: datetime) -> date | None:
    """The last day whose silence is final; none while the plan is off or over."""
    if episode.is_stopped or not episode.is_open:
        return None
    return local_day(now - GRACE - CLOSES, episode.patient.zone) - timedelta(days=1)


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
