"""Folds an episode's events into its state, and keeps every decision with what it found."""

from datetime import date, datetime

from recovery.models import Decision, Episode, Finding
from recovery.rules.decide import RULES_VERSION, DayDecision, fold_day, fold_to, start
from recovery.rules.plan import PlanSpec
from recovery.rules.state import State

from .events import Events, events_from, intake_fact
from .plan_specs import spec_of


class Judged:
    """A decision for one day, the state it leaves and the row it answers, before it is stored."""

    __slots__ = ("decision", "state", "check_in")

    def __init__(self, decision: DayDecision, state: State | None, check_in=None):
        self.decision, self.state, self.check_in = decision, state, check_in


def judge(episode: Episode, since: date, now: datetime, through: date | None = None) -> list[Decision]:
    """Decides `since` and every later day something is known about; returns the new decisions, oldest first.

    Days judged before and judged the same again are left alone. A different judgement is a new row that
    supersedes the old one. `through` also decides silent days up to and including it.
    """
    events = events_from(episode, since)
    plan, intake = spec_of(episode.plan_version_id), _first_intake(episode)
    state = _state_before(episode, since, plan, intake)
    judged, state = _fold(plan, intake, state, events, through)
    stored = _store(episode, judged, now)
    _remember(episode, state, max(events.facts, default=None))
    return stored


def recompute(episode: Episode) -> list[Judged]:
    """Every decision of the episode from its first day, without storing anything."""
    events = events_from(episode, episode.started_on)
    plan, intake = spec_of(episode.plan_version_id), _first_intake(episode)
    return _fold(plan, intake, start(plan, intake), events, None)[0]


def _first_intake(episode):
    return intake_fact(episode.intakes.order_by("day", "pk").first())


def _state_before(episode, since: date, plan: PlanSpec, intake) -> State:
    if episode.folded_through and episode.folded_through < since:
        return State.from_json(episode.state)
    base = (
        Decision.objects.standing()
        .filter(episode=episode, day__lt=since)
        .exclude(state_after={})
        .order_by("-day")
        .values_list("state_after", flat=True)
        .first()
    )
    return State.from_json(base) if base else start(plan, intake)


def _fold(plan, intake, state, events: Events, through: date | None):
    judged: list[Judged] = []
    for day in sorted(events.facts):
        state, silent = fold_to(plan, intake, state, day)
        judged += [Judged(decision, None) for decision in silent if decision.notices]
        state, decision = fold_day(plan, intake, state, events.facts[day])
        judged.append(Judged(decision, state, events.check_ins.get(day)))
    if through is not None:
        _, silent = fold_to(plan, intake, state, date.fromordinal(through.toordinal() + 1))
        judged += [Judged(decision, None) for decision in silent if decision.notices]
    return judged, state


def _store(episode, judged: list[Judged], now: datetime) -> list[Decision]:
    earlier = _standing_by_day(episode, judged)
    rows, findings = [], []
    for item in judged:
        old = earlier.get(item.decision.day)
        row = _row(episode, item, now, old)
        if old is not None and _same(old, row):
            continue
        rows.append(row)
        findings.append(item.decision.findings)
    Decision.objects.bulk_create(rows)
    Finding.objects.bulk_create(
        Finding(decision=row, position=i, rule=f.rule, verdict=f.verdict, figures=f.figures, limits=f.limits)
        for row, found in zip(rows, findings, strict=True)
        for i, f in enumerate(found)
    )
    return rows


def _standing_by_day(episode, judged) -> dict[date, Decision]:
    """Decisions already shown for these days; a first-ever day costs no query."""
    if not judged or not episode.folded_through:
        return {}
    first = min(item.decision.day for item in judged)
    if first > episode.folded_through and all(item.state for item in judged):
        return {}
    rows = Decision.objects.standing().filter(episode=episode, day__gte=first)
    return {row.day: row for row in rows}


def _row(episode, item: Judged, now, old) -> Decision:
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
        state_after=item.state.to_json() if item.state else {},
        plan_version_id=episode.plan_version_id,
        rules_version=RULES_VERSION,
        decided_at=now,
        supersedes=old,
    )


COMPARED = ("outcome", "rule", "phase", "run_level", "from_phase", "from_run_level", "notices", "state_after")


def _same(old: Decision, new: Decision) -> bool:
    return all(getattr(old, name) == getattr(new, name) for name in COMPARED)


def _remember(episode: Episode, state: State, last_day: date | None):
    """Keeps the fold's result on the episode, as a cache that can be rebuilt."""
    if last_day is None:
        return
    episode.state = state.to_json()
    episode.folded_through = max(last_day, episode.folded_through or last_day)
    episode.phase = state.phase
    episode.run_level = state.run_level or ""
    episode.phase_entered_on = state.phase_entered_on
    episode.stopped_on = state.stopped_on
    episode.awaiting_intake = state.awaiting_intake
    episode.last_check_in_on = state.last_check_in_on
