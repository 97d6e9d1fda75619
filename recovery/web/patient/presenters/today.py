"""Today: the question or the answer, where I am, the week, what waits for a person, and who reads this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from recovery.models import CheckIn, Decision, Episode, Escalation, Finding, Override, Thread, Tightening
from recovery.rules.decision import Finding as RulesFinding
from recovery.services import rhythm, threads, tightenings, travel
from recovery.services.audience import readers_of
from recovery.web import rule_words
from recovery.web.limit_words import named

from ..day import A_DAY, today_of, yesterday_is_open
from .activities import Activity, activities_of
from .own_words import listed_in_own_words
from .place import Place, place_of
from .week import Week, week_of

SHOWN_ACTIVITIES = 4
MOVE_SHOWN_FOR = timedelta(days=7)
URGENCIES = ("EM", "SD", "WD", "RT", "AD")


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Everything the template of Today shows."""

    day: date
    day_number: int
    check_in: CheckIn | None
    decision: Decision | None
    outcome: str
    headline: str
    yesterday_average: int | None
    may_fill_yesterday: bool
    place: Place
    week: Week
    activities: Sequence[Activity]
    more_activities: int
    notices: Sequence[Escalation]
    override: Override | None
    limits: Sequence[Tightening]
    readers: Sequence[Any]
    offered_zone: str
    unread: int
    next_check_in: date
    is_paused: bool
    is_moved: bool

    @property
    def is_read(self) -> bool:
        """Whether any clinician can read this diary now."""
        return any(consent.is_read for consent in self.readers)


def today_page(episode: Episode, now: datetime) -> TodayPage:
    """Reads what Today shows; the number of queries does not depend on the history."""
    today = today_of(episode.patient, now)
    rows = list(CheckIn.objects.standing().filter(episode=episode, day__gt=today - timedelta(days=14)))
    by_day = {row.day: row for row in rows}
    decision = _decision(episode, today)
    todays = _activities(episode, today, by_day)
    return TodayPage(
        day=today,
        day_number=(today - episode.started_on).days + 1,
        check_in=by_day.get(today),
        decision=decision,
        outcome=_outcome(episode, decision),
        headline=_headline(episode, decision),
        yesterday_average=_average(by_day.get(today - A_DAY)),
        may_fill_yesterday=_may_fill(episode, today, by_day, now),
        place=place_of(episode, today),
        week=week_of(rows, today),
        activities=todays[:SHOWN_ACTIVITIES],
        more_activities=max(0, len(todays) - SHOWN_ACTIVITIES),
        notices=_notices(episode),
        override=_override(episode, today),
        limits=_limits(episode, today),
        readers=list(readers_of(episode.patient)),
        offered_zone=_offered_zone(episode, rows, now),
        next_check_in=rhythm.next_check_in(episode, today),
        is_paused=episode.is_paused_on(today),
        unread=threads.unread(Thread.objects.of(episode.patient), episode.patient),
        is_moved=episode.plan_moved_on is not None and today - episode.plan_moved_on < MOVE_SHOWN_FOR,
    )


def _offered_zone(episode: Episode, rows: list[CheckIn], now: datetime) -> str:
    latest = max(rows, key=lambda row: row.received_at, default=None)
    return travel.offered_zone(episode.patient, now, latest) if latest else ""


def _notices(episode: Episode) -> list[Escalation]:
    """What waits for a person, most urgent and newest first; words about silence are for the clinic."""
    rows = episode.escalations.unresolved().exclude(code__startswith="RF").exclude(code__startswith="E9")
    return sorted(rows.order_by("-raised_at"), key=lambda row: URGENCIES.index(row.urgency))


def _decision(episode: Episode, today: date) -> Decision | None:
    deciding = Prefetch("findings", Finding.objects.filter(verdict="decides"))
    return Decision.objects.standing().filter(episode=episode, day=today).prefetch_related(deciding).first()


def _outcome(episode: Episode, decision: Decision | None) -> str:
    """What to call the day: a clinician's change and a stop that was cleared have names of their own."""
    if decision is None:
        return ""
    if decision.outcome in ("stop", "stopped") and not episode.is_stopped:
        return "clearance"
    return "override" if decision.rule == "override" else decision.outcome


def _headline(episode: Episode, decision: Decision | None) -> str:
    if _outcome(episode, decision) == "clearance":
        return rule_words.of_finding(RulesFinding("clearance", "decides"), "headline")
    why = next(iter(decision.findings.all()), None) if decision else None
    return rule_words.of_finding(why, "headline") if why else ""


def _average(row: CheckIn | None) -> int | None:
    return row.average if row else None


def _activities(episode: Episode, today: date, by_day: dict) -> list[Activity]:
    if episode.is_stopped or episode.awaiting_intake:
        return []
    found = activities_of(episode, today, _average(by_day.get(today)))
    return [listed_in_own_words(each, episode) for each in found if not each.is_optional]


def _may_fill(episode: Episode, today: date, by_day: dict, now: datetime) -> bool:
    yesterday = today - A_DAY
    return yesterday not in by_day and yesterday >= episode.started_on and yesterday_is_open(episode.patient, now)


def _override(episode: Episode, today: date) -> Override | None:
    rows = episode.overrides.filter(withdrawn_on__isnull=True, expires_on__gte=today)
    return rows.select_related("made_by").first()


def _limits(episode: Episode, today: date) -> list[Tightening]:
    """The stricter limits in force; a state without any saves the question."""
    return named(tightenings.standing(episode, today)) if episode.state.get("tightenings") else []
