"""Folds an episode's events into its state, and keeps every decision with what it found."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from recovery.models import CheckIn, Decision, Episode, Finding, Intake
from recovery.rules.decide import RULES_VERSION, DayDecision, fold_day, fold_to, start
from recovery.rules.facts import IntakeFact
from recovery.rules.state import A_DAY, State

from .events import Events, events_from, intake_fact
from .plan_course import Course, course_of

COMPARED = ("outcome", "rule", "phase", "run_level", "from_phase", "from_run_level", "notices", "state_after")


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision for one day, the version it is made by, the state it leaves and the row it answers.

    A silent day has neither state nor row.
    """

    decision: DayDecision
    version_id: int
    state: State | None = None
    check_in: CheckIn | None = None


def judge(
    episode: Episode, since: date, now: datetime, through: date | None = None, said: CheckIn | None = None
) -> list[Decision]:
    """Decides `since` and every later day something is known about; returns the new decisions, oldest first.

    Days judged before and judged the same again are left alone. A different judgement is a new row that
    supersedes the old one. `through` also judges silent days up to and including it. `said` is the check-in
    just stored, if that is why.
    """
    intake = first_intake(episode)
    events = events_from(episode, since, said if _is_news(episode, since) else None)
    state = state_before(episode, since)
    shown = _shown_after(episode, state.day)
    judged, state = _fold(course_of(episode, state.day + A_DAY), intake, state, events, through, shown)
    stored = _store(episode, judged, shown, now)
    if events.facts:
        _remember(episode, state)
    if stored:
        episode.shown_through = max(stored[-1].day, episode.shown_through or stored[-1].day)
    return stored


def recompute(episode: Episode, through: date | None = None) -> list[Judged]:
    """Every decision of the episode from its first day, without storing anything."""
    course, intake = course_of(episode, episode.started_on), first_intake(episode)
    events = events_from(episode, episode.started_on)
    shown = set(Decision.objects.standing().filter(episode=episode).values_list("day", flat=True))
    begun = start(course.plan_on(episode.started_on), intake)
    return _fold(course, intake, begun, events, through, shown)[0]


def replayed(episode: Episode, since: date, through: date | None = None) -> list[DayDecision]:
    """What the rules say today of `since` and later, from the state before it, without storing anything."""
    state, intake = state_before(episode, since), first_intake(episode)
    course = course_of(episode, state.day + A_DAY)
    judged, _ = _fold(course, intake, state, events_from(episode, since), through, ())
    return [item.decision for item in judged]


def first_intake(episode: Episode) -> IntakeFact:
    """The answers the episode began with."""
    return _first_intake(episode.pk)


@lru_cache(maxsize=10_000)  # the row is history and never changes
def _first_intake(episode_id: UUID) -> IntakeFact:
    return intake_fact(Intake.objects.filter(episode=episode_id).earliest("day", "pk"))


def _is_news(episode: Episode, since: date) -> bool:
    """Whether everything the rules know was folded in before this day."""
    return episode.folded_through is not None and episode.folded_through < since


def state_before(episode: Episode, since: date) -> State:
    """The state that the last day known about before `since` left."""
    if _is_news(episode, since):
        return State.from_json(episode.state)
    earlier = Decision.objects.standing().filter(episode=episode, day__lt=since).exclude(state_after={})
    base = earlier.order_by("-day").values_list("state_after", flat=True).first()
    if base:
        return State.from_json(base)
    return start(course_of(episode, episode.started_on).plan_on(episode.started_on), first_intake(episode))


def _shown_after(episode: Episode, day: date) -> dict[date, Decision]:
    """Decisions already shown for later days; a day after all of them costs no query."""
    if episode.shown_through is None or episode.shown_through <= day:
        return {}
    rows = Decision.objects.standing().filter(episode=episode, day__gt=day)
    return {row.day: row for row in rows}


def _fold(course: Course, intake, state: State, events: Events, through: date | None, shown: Container[date]):
    judged: list[Judged] = []

    def pass_over(until: date):
        """A move is an event of its day, so that the days between two events have one version."""
        version = course.version_on(state.day + A_DAY)
        after, silent = fold_to(course.plan_on(state.day + A_DAY), intake, state, until)
        judged.extend(Judged(decision, version) for decision in silent if decision.notices or decision.day in shown)
        return after

    for day in sorted(events.facts):
        state, decision = fold_day(course.plan_on(day), intake, pass_over(day), events.facts[day])
        judged.append(Judged(decision, course.version_on(day), state, events.check_ins.get(day)))
    if through is not None:
        pass_over(through + A_DAY)
    return judged, state


def _store(episode, judged: list[Judged], shown: dict[date, Decision], now: datetime) -> list[Decision]:
    rows, findings = [], []
    for item in judged:
        old = shown.get(item.decision.day)
        row = _row(episode, item, old, now)
        if old is None or any(getattr(old, name) != getattr(row, name) for name in COMPARED):
            rows.append(row)
            findings.append(item.decision.findings)
    Decision.objects.bulk_create(rows)
    Finding.objects.bulk_create(
        Finding(decision=row, position=i, rule=f.rule, verdict=f.verdict, figures=f.figures, limits=f.limits)
        for row, found in zip(rows, findings, strict=True)
        for i, f in enumerate(found)
    )
    return rows


def _row(episode, item: Judged, old: Decision | None, now: datetime) -> Decision:
    decision = item.decision
    return Decision(
        episode=episode,
        check_in=item.check_in,
        day=decision.day,
        outcome=decision.outcome,
        rule=decision.rule,
        phase=decision.phase,
        run_level=decision.run_level or "",
        from_phase=decision.from_phase,
        from_run_level=decision.from_run_level or "",
        notices=list(decision.notices),
        withheld=list(decision.withheld),
        state_after=item.state.to_json() if item.state else {},
        plan_version_id=item.version_id,
        rules_version=RULES_VERSION,
        decided_at=now,
        supersedes=old,
    )


def _remember(episode: Episode, state: State):
    """Keeps the fold's result on the episode, as a cache that can be rebuilt."""
    episode.state = state.to_json()
    episode.folded_through = state.day
    episode.phase = state.phase
    episode.run_level = state.run_level or ""
    episode.phase_entered_on = state.phase_entered_on
    episode.stopped_on = state.stopped_on
    episode.awaiting_intake = state.awaiting_intake
    episode.last_check_in_on = state.last_check_in_on
    episode.paused_until = state.paused_until
