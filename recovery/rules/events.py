"""What happened to the episode besides a check-in: clearance, new intake, override, review, corrections."""

from dataclasses import dataclass, field
from datetime import date

from recovery.rules.decision import Finding
from recovery.rules.entry import reentry_phase
from recovery.rules.facts import DayFacts, IntakeFact, OverrideFact, TighteningFact
from recovery.rules.moves import after_plan_move, enter_phase, known_level, place_of, restart_windows
from recovery.rules.observe import amend
from recovery.rules.plan import PlanSpec
from recovery.rules.red_flags import cautioning, stopping
from recovery.rules.state import Departure, State, changed

FIRST_EPISODE_AGE = 50  # a first episode from this age on is caution CA3


@dataclass(slots=True)
class Told:
    """The state after the day's events, what they were, and what decides the day if nothing graver does."""

    state: State
    findings: list[Finding] = field(default_factory=list)
    rule: str | None = None
    new_flags: tuple[str, ...] = ()
    cleared: bool = False  # whoever looked knew all the signs of the day


def hear(plan: PlanSpec, state: State, facts: DayFacts) -> Told:
    """Apply the events of a day in a fixed order, before its check-in is looked at."""
    told = Told(state)
    if state.tightenings or facts.tightenings:
        _tightenings(told, facts)
    if state.departure is None and not facts.eventful:
        return told
    _records(plan, told, facts)
    _pause(told, facts)
    _amendments(plan, told, facts)
    _clearance(told, facts)
    if facts.intake is not None:
        _intake(plan, told, facts.intake, facts.day)
    _override(plan, told, facts)
    return told


def _tightenings(told: Told, facts: DayFacts) -> None:
    """Stricter limits begin, are ended by hand, or have run out; a newer one takes the place of an older."""
    gone = {item.place for item in (*facts.tightenings_ended, *facts.tightenings)}
    standing = told.state.tightenings
    kept = tuple(item for item in standing if item.until >= facts.day and item.place not in gone)
    begun = {item.place for item in facts.tightenings}
    ended = [item for item in standing if item not in kept and item.place not in begun]
    told.findings += (Finding("tightened", "noted", _in_figures(item)) for item in facts.tightenings)
    told.findings += (Finding("tightening_ended", "noted", _in_figures(item)) for item in ended)
    told.state = changed(told.state, tightenings=(*kept, *facts.tightenings))


def _in_figures(item: TighteningFact) -> dict:
    names = ("phase", "condition", "parameter", "leads_to", "limit")
    return {**{name: getattr(item, name) for name in names}, "until": item.until.isoformat()}


def _stops_today(told: Told, facts: DayFacts) -> bool:
    """Whether a red flag has switched the plan off, or will today."""
    ticked = facts.check_in is not None and stopping(facts.check_in.red_flags)
    return told.state.stopped or bool(told.new_flags) or bool(ticked)


def _records(plan: PlanSpec, told: Told, facts: DayFacts) -> None:
    """Checklist, tolerant gate, professional review, another plan version."""
    state = told.state
    if facts.readiness_passed is not None:
        state = changed(state, readiness_passed=facts.readiness_passed)
    if facts.tolerant_gate is not None:
        state = changed(state, tolerant_gate=facts.tolerant_gate)
    if facts.review:
        state = changed(state, reviewed_on=facts.day, cautions=())
    if facts.plan_moved:
        moved = after_plan_move(plan, state, facts.left_levels)
        told.findings.append(Finding("plan_moved", "noted", _other_level(state, moved)))
        state = moved
    told.state = state


def _pause(told: Told, facts: DayFacts) -> None:
    """The patient puts the plan aside for some days, or takes it up again; silence is counted anew from then on."""
    if facts.pause is not None:
        told.state = changed(told.state, paused_until=facts.pause.until, silence_raised=())
    elif facts.pause_ended:
        told.state = changed(told.state, paused_until=facts.day)


def _other_level(before: State, after: State) -> dict:
    return {} if after.run_level == before.run_level else {"from": before.run_level, "to": after.run_level}


def _amendments(plan: PlanSpec, told: Told, facts: DayFacts) -> None:
    """Corrections of earlier days; a red flag which only now became known counts today."""
    for amended in sorted(facts.amendments, key=lambda answers: answers.day):
        known = next((r.check_in.red_flags for r in told.state.window if r.day == amended.day), ())
        told.new_flags += tuple(code for code in stopping(amended.red_flags) if code not in known)
        told.state = amend(plan, told.state, amended, facts.day)
        told.findings.append(Finding("amended", "noted", {"day": amended.day.isoformat()}))


def _clearance(told: Told, facts: DayFacts) -> None:
    """A professional has looked: the stop is released and the windows start again."""
    if facts.clearance is None:
        return
    overtaken = facts.clearance.overtaken
    told.cleared = not (told.state.stopped if overtaken is None else overtaken)
    if told.state.stopped:
        told.state = release(told.state, facts.day)
        told.findings.append(Finding("clearance", "noted", {"by": facts.clearance.by}))


def release(state: State, day: date) -> State:
    """The stop is over; the first check-in decides where to go on."""
    released = changed(state, stopped_on=None, stop_flags=(), awaiting_entry=True)
    return restart_windows(released, day)


def _intake(plan: PlanSpec, told: Told, intake: IntakeFact, day: date) -> None:
    """A new intake: the phase by the entry rule, never above the one before."""
    state = told.state
    phase = reentry_phase(plan, state.phase, intake.average, (day - intake.onset_on).days)
    state = restart_windows(enter_phase(state, phase, None, day, day), day)
    if intake.onset_on != state.onset_on:
        state = _another_episode(state, intake)
    last_runs = [run for run in (state.last_run_on, intake.last_run_on) if run is not None]
    state = changed(
        state,
        awaiting_intake=False,
        awaiting_entry=False,
        departure=None,
        last_run_on=max(last_runs, default=None),
        last_average=intake.average,
    )
    told.state = with_intake_cautions(state, intake)
    told.new_flags += stopping(intake.red_flags)
    told.findings.append(Finding("entry", "noted", {"average": intake.average, "phase": phase}))
    told.rule = "new_intake"


def _another_episode(state: State, intake: IntakeFact) -> State:
    """Another onset: clocks, baseline and once-per-episode notices start again."""
    return changed(
        state,
        onset_on=intake.onset_on,
        recovered=False,
        check_ins=0,
        raised=(),
        baseline=intake.average,
        baseline_values=(),
    )


def with_intake_cautions(state: State, intake: IntakeFact) -> State:
    """Open the cautions an intake brings; a late first episode halves the clocks."""
    codes = [*intake.cautions, *cautioning(intake.red_flags)]
    if intake.first_episode and intake.age >= FIRST_EPISODE_AGE:
        codes.append("CA3")
    new = dict.fromkeys(code for code in codes if code not in state.cautions)
    return changed(
        state,
        cautions=(*state.cautions, *new),
        halved_timers=state.halved_timers or "CA3" in codes,
    )


def _override(plan: PlanSpec, told: Told, facts: DayFacts) -> None:
    """A clinician's departure from the rules begins, ends, or has run out."""
    if facts.override is not None:
        _depart(plan, told, facts.override, ignored=_stops_today(told, facts) or told.state.awaiting_intake)
        return
    departure = told.state.departure
    if departure is not None and (facts.override_withdrawn or facts.day > departure.until):
        _come_back(plan, told, departure, facts.day)


def _depart(plan: PlanSpec, told: Told, override: OverrideFact, ignored: bool) -> None:
    state = told.state
    if ignored:
        told.findings.append(Finding("override_ignored", "noted", {"phase": override.phase}))
        return
    base = state.departure
    departure = Departure(
        until=override.until,
        base_phase=base.base_phase if base else state.phase,
        base_run_level=base.base_run_level if base else state.run_level,
    )
    moved = enter_phase(state, override.phase, known_level(plan, override.run_level), override.day, override.day)
    told.state = changed(moved, departure=departure, recovered=state.recovered, awaiting_entry=False)
    told.rule = "override"


def _come_back(plan: PlanSpec, told: Told, departure: Departure, day: date) -> None:
    """Back to the more careful of the place it led to and the place before it."""
    state = changed(told.state, departure=None)
    level = known_level(plan, departure.base_run_level)
    if place_of(departure.base_phase, level) < place_of(state.phase, state.run_level):
        state = enter_phase(state, departure.base_phase, level, day, day)
        state = changed(state, recovered=told.state.recovered)
    told.state = state
    told.rule = "override_lapsed"
