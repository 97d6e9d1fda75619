"""One page to take to a doctor: what the person told, in numbers and dates, and nothing read into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from recovery.models import CheckIn, Clearance, Decision, Episode, Intake
from recovery.web.drawing.chart import ChartDay

from .place import Place, place_of
from .progress import DecidedDay, chart_of, decided, decisions_of
from .week import Week, week_of

TABLE_DAYS = 14
CHART_DAYS = 42
MOVES = ("advance", "step_back", "level_up", "level_down", "stop", "reintake")
SHOWN_MOVES, SHOWN_SIGNS = 6, 4
TOOK_PLACE = ("done", "part")


@dataclass(frozen=True, slots=True)
class Counts:
    """How often, in the last fourteen days."""

    check_ins: int
    sessions: int
    stopped: int
    medicine: int
    woken: int


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """Everything the summary says, on the screen and on paper."""

    name: str
    made_on: date
    episode: Episode
    place: Place
    intake: Intake | None
    days_of_pain: int
    week: Week
    highest: CheckIn | None
    counts: Counts
    rows: Sequence[CheckIn]
    chart: Sequence[ChartDay]
    signs: Sequence[CheckIn]
    clearances: Sequence[Clearance]
    moves: Sequence[DecidedDay]


def summary_page(episode: Episode, today: date) -> SummaryPage:
    """Reads the whole episode in a handful of queries."""
    rows = list(CheckIn.objects.standing().filter(episode=episode).order_by("day"))
    latest = [row for row in rows if row.day > today - timedelta(days=TABLE_DAYS)]
    decisions = decisions_of(episode)
    shown = min(CHART_DAYS, (today - episode.started_on).days + 1)
    return SummaryPage(
        name=episode.patient.name,
        made_on=today,
        episode=episode,
        place=place_of(episode, today),
        intake=episode.intakes.order_by("-day", "-pk").first(),
        days_of_pain=(today - episode.onset_on).days + 1,
        week=week_of(latest, today),
        highest=max(rows, key=lambda row: (row.worst, row.day), default=None),
        counts=_counts(latest),
        rows=latest[::-1],
        chart=chart_of(episode, rows, decisions, today, shown) if rows else (),
        signs=[row for row in reversed(rows) if row.red_flags][:SHOWN_SIGNS],
        clearances=list(episode.clearances.order_by("-day")[:SHOWN_SIGNS]),
        moves=_moves(decisions),
    )


def _counts(rows: Sequence[CheckIn]) -> Counts:
    return Counts(
        check_ins=len(rows),
        sessions=sum(row.session_status in TOOK_PLACE for row in rows),
        stopped=sum(row.session_stopped for row in rows),
        medicine=sum(row.medicine != "none" for row in rows),
        woken=sum(row.woken for row in rows),
    )


def _moves(decisions: Sequence[Decision]) -> list[DecidedDay]:
    return [decided(row) for row in reversed(decisions) if row.outcome in MOVES][:SHOWN_MOVES]
