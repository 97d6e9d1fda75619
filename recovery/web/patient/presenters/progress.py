"""Progress: the road, the pain chart with the same numbers as a table, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext

from recovery.models import CheckIn, Decision, Episode, Finding, Phase, ReadinessCheck
from recovery.services.episodes import READINESS_ITEMS
from recovery.web import rule_words
from recovery.web.drawing.chart import ChartDay

from .activities import state_of
from .place import ON_THE_ROAD, Place, phase_index, phase_title, place_of
from .week import Week, week_of

LISTED = 30
SPANS = {"two-weeks": 14, "month": 30, "all": None}
USUAL_SPAN = "month"
TOOK_PLACE = ("done", "part")
GOAL = 1  # average pain that opens running


@dataclass(frozen=True, slots=True)
class DecidedDay:
    """One line of the list of decisions."""

    day: date
    outcome: str
    why: str
    phase: str
    run_level: str


@dataclass(frozen=True, slots=True)
class Session:
    """One day's session as the check-in told it, with the grade the next morning gave it where it is known."""

    day: date
    status: str
    pain: int
    stopped: bool
    run_level: str
    grade: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """The latest readiness checklist: each test and whether it was passed."""

    day: date
    is_passed: bool
    items: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Everything the template of Progress shows."""

    place: Place
    day_number: int
    started_on: date
    road: Sequence[dict]
    span: str
    chart: Sequence[ChartDay]
    decisions: Sequence[DecidedDay]
    check_ins: int
    days: int
    week: Week
    sessions: Sequence[Session]
    session_count: int
    readiness: Readiness | None


def progress_page(episode: Episode, today: date, span: str) -> ProgressPage:
    """Reads the whole episode in a handful of queries."""
    rows = list(CheckIn.objects.standing().filter(episode=episode).order_by("day"))
    decisions = decisions_of(episode)
    days = (today - episode.started_on).days + 1
    shown = min(SPANS.get(span) or days, days)
    return ProgressPage(
        place=place_of(episode, today),
        day_number=days,
        started_on=episode.started_on,
        road=_road(episode),
        span=span if span in SPANS else USUAL_SPAN,
        chart=chart_of(episode, rows, decisions, today, shown),
        decisions=[decided(each) for each in reversed(decisions) if each.outcome != "no_check_in"][:LISTED],
        check_ins=len(rows),
        days=days,
        week=week_of(rows, today),
        sessions=_sessions(episode, rows)[:LISTED],
        session_count=sum(row.session_status in TOOK_PLACE for row in rows),
        readiness=_readiness(episode),
    )


def _sessions(episode: Episode, rows: Sequence[CheckIn]) -> list[Session]:
    """Newest first; grades are known for the last weeks, which the state keeps."""
    state = state_of(episode)
    known = {record.day: record for record in state.window} if state else {}
    return [
        Session(
            day=row.day,
            status=row.session_status,
            pain=row.session_pain,
            stopped=row.session_stopped,
            run_level=(known[row.day].run_level or "") if row.day in known else "",
            grade=(known[row.day].grade or "") if row.day in known else "",
        )
        for row in reversed(rows)
        if row.session_status in TOOK_PLACE
    ]


def _readiness(episode: Episode) -> Readiness | None:
    row = ReadinessCheck.objects.filter(episode=episode).order_by("-day", "-pk").first()
    if row is None:
        return None
    return Readiness(row.day, row.is_passed, [(item, bool(row.items.get(item))) for item in READINESS_ITEMS])


def decisions_of(episode: Episode) -> list[Decision]:
    """Every standing decision of the episode with the finding that decided it, oldest first."""
    deciding = Prefetch("findings", Finding.objects.filter(verdict="decides"))
    rows = Decision.objects.standing().filter(episode=episode).defer("state_after").order_by("day")
    return list(rows.prefetch_related(deciding))


def _road(episode: Episode) -> list[dict]:
    rows = Phase.objects.filter(version=episode.plan_version_id).values("key", "goal")[:ON_THE_ROAD]
    return [{"title": phase_title(row["key"]), "text": gettext(row["goal"])} for row in rows]


def decided(row: Decision) -> DecidedDay:
    """A decision as one line: what, why in a title, and where it led."""
    why = next(iter(row.findings.all()), None)
    title = rule_words.of_finding(why, "title") if why else ""
    return DecidedDay(row.day, row.outcome, title, phase_title(row.phase), row.run_level)


def chart_of(episode: Episode, rows, decisions, today: date, shown: int) -> list[ChartDay]:
    """One entry for each of the last days; a day nobody answered keeps its phase and has no numbers."""
    by_day, decided = {row.day: row for row in rows}, {row.day: row for row in decisions}
    overridden = _overridden_days(episode)
    first = today - timedelta(days=shown - 1)
    phase = next((row.phase for row in reversed(decisions) if row.day < first), None)
    phase = phase or (decisions[0].from_phase if decisions else episode.phase)
    chart = []
    for number in range(shown):
        day = first + timedelta(days=number)
        decision = decided.get(day)
        phase = decision.phase if decision else phase
        chart.append(_chart_day(day, by_day.get(day), decision, phase, day in overridden))
    return chart


def _chart_day(day: date, row: CheckIn | None, decision: Decision | None, phase: str, overridden: bool) -> ChartDay:
    return ChartDay(
        day=day,
        average=row.average if row else None,
        worst=row.worst if row else None,
        morning=row.morning if row else None,
        phase_index=phase_index(phase),
        outcome=decision.outcome if decision else None,
        session=row.session_status if row and row.session_status != "none" else None,
        overridden=overridden,
    )


def _overridden_days(episode: Episode) -> set[date]:
    return set(episode.overrides.values_list("starts_on", flat=True))
