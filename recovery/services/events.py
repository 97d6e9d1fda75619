"""Turns stored events into the facts the rules read, day by day."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from recovery.models import (
    CheckIn,
    Clearance,
    Episode,
    GateDecision,
    Intake,
    Override,
    Pause,
    PlanMove,
    ReadinessCheck,
    Resolution,
    Tightening,
)
from recovery.rules.facts import (
    CheckInFact,
    ClearanceFact,
    DayFacts,
    IntakeFact,
    OverrideFact,
    PauseFact,
    SessionFact,
    TighteningFact,
)
from recovery.rules.red_flags import stopping

from .plan_course import ladder_of


def check_in_fact(row: CheckIn) -> CheckInFact:
    """A stored check-in as the rules see it."""
    return CheckInFact(
        day=row.day,
        average=row.average,
        worst=row.worst,
        morning=row.morning,
        function=row.function,
        session=SessionFact(row.session_status, row.session_pain, row.session_stopped, row.brisk_walk),
        medicine=row.medicine,
        woken=row.woken,
        yesterday_morning=row.yesterday_morning,
        red_flags=tuple(row.red_flags),
        confidence=row.confidence,
        mood=row.mood,
    )


def tightening_fact(row: Tightening) -> TighteningFact:
    """A stored stricter limit as the rules see it."""
    return TighteningFact(
        row.starts_on, row.phase, row.condition, row.parameter, row.limit, row.expires_on, row.leads_to or None
    )


def intake_fact(row: Intake) -> IntakeFact:
    """A stored intake as the rules see it."""
    return IntakeFact(
        started_on=row.day,
        onset_on=row.onset_on,
        last_run_on=row.last_run_on,
        age=row.age,
        first_episode=row.first_episode,
        average=row.average,
        red_flags=tuple(row.red_flags),
        cautions=tuple(row.cautions),
    )


@dataclass(frozen=True, slots=True)
class Events:
    """What is known about each day: the facts for the rules and the check-in rows they came from."""

    facts: dict[date, DayFacts]
    check_ins: dict[date, CheckIn]


def events_from(episode: Episode, since: date, only: CheckIn | None = None) -> Events:
    """Everything the rules must know about `since` and later, one entry per day something happened.

    `only` is the one check-in known from then on, when the caller is sure of it.
    """
    events = Events({}, {})
    _add_check_ins(events, _check_ins(episode, since) if only is None else [only])
    if episode.last_event_on and episode.last_event_on >= since:
        _add_other_events(events.facts, episode, since)
    return events


def _change(facts, day, **changes):
    facts[day] = replace(facts.get(day) or DayFacts(day=day), **changes)


def _check_ins(episode, since):
    return episode.check_ins.filter(known_on__gte=since).order_by("known_on", "day", "revision")


def _add_check_ins(events, rows):
    facts, late = events.facts, defaultdict(list)
    for row in rows:
        if row.is_in_time:
            _change(facts, row.day, check_in=check_in_fact(row))
            events.check_ins[row.day] = row
        elif row.revision > 1 or row.red_flags:
            late[row.known_on].append(check_in_fact(row))
    for day, amendments in late.items():
        _change(facts, day, amendments=tuple(amendments))


def _add_other_events(facts, episode, since):
    intakes = list(episode.intakes.filter(day__gte=since))
    for row in intakes:
        if row.day > episode.started_on or row.red_flags:
            _change(facts, row.day, intake=intake_fact(row))
    for row in Clearance.objects.filter(episode=episode, day__gte=since):
        _change(facts, row.day, clearance=_clearance_fact(row, episode, intakes))
    for row in ReadinessCheck.objects.filter(episode=episode, day__gte=since):
        _change(facts, row.day, readiness_passed=row.is_passed)
    for row in GateDecision.objects.filter(episode=episode, day__gte=since):  # the last of a day counts
        _change(facts, row.day, tolerant_gate=row.is_tolerant)
    for row in Resolution.objects.filter(
        escalation__episode=episode, day__gte=since, outcome__in=["reviewed", "plan_changed"]
    ):
        _change(facts, row.day, review=True)
    _add_overrides(facts, episode, since)
    _add_pauses(facts, episode, since)
    _add_tightenings(facts, episode, since)
    _add_plan_moves(facts, episode, since)


def _add_plan_moves(facts, episode, since):
    if episode.plan_moved_on is None or episode.plan_moved_on < since:
        return
    for row in PlanMove.objects.filter(episode=episode, day__gte=since):
        _change(facts, row.day, plan_moved=True, left_levels=ladder_of(row.from_version_id))


def _clearance_fact(row: Clearance, episode: Episode, intakes: list[Intake]) -> ClearanceFact:
    """A clearance, overtaken when a sign was told after it on the same day."""
    asked_again = any(
        each.day == row.day and each.recorded_at > row.recorded_at and stopping(each.red_flags) for each in intakes
    )
    is_overtaken = asked_again or _ticked_after(row, episode)
    return ClearanceFact(row.day, row.profession, is_overtaken)


def _ticked_after(clearance: Clearance, episode: Episode) -> bool:
    """Whether a check-in of the day brought a sign after the clearance; a correction, one it did not have before."""
    before: dict[UUID, set[str]] = {}
    for row in episode.check_ins.filter(known_on=clearance.day).order_by("revision"):
        signs = set(stopping(row.red_flags))
        if row.received_at > clearance.recorded_at and signs - before.get(row.key, set()):
            return True
        before[row.key] = signs
    return False


def _add_overrides(facts, episode, since):
    for row in Override.objects.filter(episode=episode).order_by("starts_on", "pk"):
        if row.withdrawn_on and row.withdrawn_on >= since:
            _change(facts, row.withdrawn_on, override_withdrawn=True)
        if row.starts_on >= since and row.withdrawn_on != row.starts_on:
            fact = OverrideFact(row.starts_on, row.phase, row.run_level or None, row.expires_on)
            _change(facts, row.starts_on, override=fact)


def _add_pauses(facts, episode, since):
    """Of several on one day the last counts; one that was taken back on its own day is only an end."""
    for row in Pause.objects.filter(episode=episode).order_by("pk"):
        if row.starts_on >= since and row.ended_on != row.starts_on:
            _change(facts, row.starts_on, pause=PauseFact(row.starts_on, row.resumes_on))
        if row.ended_on and since <= row.ended_on < row.resumes_on:
            _change(facts, row.ended_on, pause_ended=True)


def _add_tightenings(facts, episode, since):
    begun, ended = defaultdict(list), defaultdict(list)
    for row in Tightening.objects.filter(episode=episode).order_by("starts_on", "pk"):
        if row.starts_on >= since and row.withdrawn_on != row.starts_on:
            begun[row.starts_on].append(tightening_fact(row))
        if row.withdrawn_on and row.withdrawn_on >= since:
            ended[row.withdrawn_on].append(tightening_fact(row))
    for day, found in begun.items():
        _change(facts, day, tightenings=tuple(found))
    for day, found in ended.items():
        _change(facts, day, tightenings_ended=tuple(found))
