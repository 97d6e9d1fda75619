"""A patient's days as a clinician reads them: answers, corrections and decisions, with missing days left visible."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from recovery.models import CheckIn, Decision, Episode
from recovery.rules.facts import PHASES
from recovery.rules.reminders import local_day
from recovery.services.panel import SPARK_DAYS
from recovery.web.drawing.chart import ChartDay

PERIODS = {"30": 30, "90": 90, "all": 36500}
SILENT = "no_check_in"


@dataclass(slots=True)
class Day:
    """One local day: the answers that stand, what they replaced, and what the rules made of it."""

    day: date
    check_in: CheckIn | None = None
    replaced: list[CheckIn] = field(default_factory=list)
    decision: Decision | None = None
    reconsidered: list[Decision] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        """Nothing was entered and nothing was decided."""
        return self.check_in is None and (self.decision is None or self.decision.outcome == SILENT)

    @property
    def deciding(self):
        """The finding that decided the day, if the decision kept one."""
        findings = self.decision.findings.all() if self.decision else ()
        return next((f for f in findings if f.rule == self.decision.rule), None)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row without a check-in."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def days_of(episode: Episode, today: date, period: str, at_least: int = 0) -> list[Day]:
    """Every local day of the period, and of so many days at least, from the episode's first, oldest first."""
    first = max(episode.started_on, today - timedelta(days=max(PERIODS[period], at_least) - 1))
    last = max([today, first])
    days = {first + timedelta(days=n): Day(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    for row in episode.check_ins.filter(day__range=(first, last)).order_by("day", "revision"):
        day = days[row.day]
        if day.check_in is not None:
            day.replaced.insert(0, day.check_in)
        day.check_in = row
    decisions = episode.decisions.filter(day__range=(first, last)).defer("state_after")
    for row in decisions.order_by("day", "pk").prefetch_related("findings"):
        day = days[row.day]
        if day.decision is not None:
            day.reconsidered.insert(0, day.decision)
        day.decision = row
    return list(days.values())


def diary(days: Sequence[Day]) -> list[Day | Gap]:
    """The days newest first, days without a check-in gathered into gaps."""
    found: list[Day | Gap] = []
    for day in reversed(days):
        if not day.is_missing:
            found.append(day)
        elif found and isinstance(found[-1], Gap):
            found[-1] = Gap(day.day, found[-1].last)
        else:
            found.append(Gap(day.day, day.day))
    return found


def chart_days(days: Sequence[Day], episode: Episode, changed_on: Iterable[date]) -> list[ChartDay]:
    """What the pain chart draws; a day belongs to the phase it began in."""
    first = next((day.decision for day in days if day.decision), None)
    phase, changed = first.from_phase if first else episode.phase, set(changed_on)
    drawn = []
    for day in days:
        if day.decision:
            phase = day.decision.from_phase
        drawn.append(_chart_day(day, phase, day.day in changed))
        if day.decision:
            phase = day.decision.phase
    return drawn


def _chart_day(day: Day, phase: str, changed: bool) -> ChartDay:
    answers = day.check_in
    return ChartDay(
        day=day.day,
        average=answers and answers.average,
        worst=answers and answers.worst,
        morning=answers and answers.morning,
        phase_index=PHASES.index(phase) + 1,
        outcome=day.decision and day.decision.outcome,
        session=answers.session_status if answers and answers.session_status != "none" else None,
        overridden=changed,
    )


def latest_answers(episode: Episode, now: datetime) -> list[CheckIn]:
    """The check-ins that stand of the last four weeks, oldest first."""
    first = local_day(now, episode.patient.zone) - timedelta(days=SPARK_DAYS - 1)
    return list(episode.check_ins.standing().filter(day__gte=first).order_by("day"))


def spark_of(answers: Sequence[CheckIn], episode: Episode, now: datetime) -> list[int | None]:
    """Average pain of four weeks, oldest first, None where nobody answered."""
    by_day = {row.day: row.average for row in answers}
    today = local_day(now, episode.patient.zone)
    return [by_day.get(today - timedelta(days=n)) for n in reversed(range(SPARK_DAYS))]


def sessions_of(days: Sequence[Day]) -> dict[str, int]:
    """How the sessions of the last seven days went; a day without one is not a session left out."""
    counts: dict[str, int] = defaultdict(int)
    for day in days[-7:]:
        if day.check_in:
            counts[day.check_in.session_status] += 1
    return dict(counts)
