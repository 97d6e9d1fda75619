"""One decision per day: asks the clinical questions in the published order; the most careful answer wins."""

from datetime import date

from recovery.rules import escalation
from recovery.rules.decision import OUTCOMES, DayDecision, Finding
from recovery.rules.entry import entry_phase, reentry_phase
from recovery.rules.events import Told, hear, release, with_intake_cautions
from recovery.rules.facts import PHASES, CheckInFact, DayFacts, IntakeFact, StartFact
from recovery.rules.moves import enter_phase, place_of
from recovery.rules.observe import take_in
from recovery.rules.picture import Picture
from recovery.rules.plan import PlanSpec
from recovery.rules.questions import Verdict
from recovery.rules.questions import decide as ask
from recovery.rules.red_flags import most_urgent, stopping
from recovery.rules.sessions import known_today
from recovery.rules.state import A_DAY, State, changed
from recovery.rules.windows import gap_to

__all__ = ["OUTCOMES", "RULES_VERSION", "DayDecision", "Finding", "fold_day", "fold_to", "start"]

RULES_VERSION = "1"
RUNNING = PHASES[4:]


def start(plan: PlanSpec, intake: IntakeFact, start: StartFact | None = None) -> State:
    """The state before the first day: phase by the entry rule, or as the start fact says."""
    first = intake.started_on
    phase = start.phase if start else entry_phase(plan, intake.average, (first - intake.onset_on).days)
    fixed = start.baseline if start else None
    flags = stopping(intake.red_flags)
    state = State(
        day=first - A_DAY,
        started_on=first,
        onset_on=intake.onset_on,
        last_run_on=intake.last_run_on,
        phase=phase,
        run_level=start.run_level if start else None,
        phase_entered_on=first,
        phase_from=first,
        level_entered_on=first,
        level_from=first,
        baseline=intake.average if fixed is None else fixed,
        baseline_values=() if fixed is None else None,
        silence_from=first,
        last_average=intake.average,
        recovered=bool(start and start.recovered) or phase in RUNNING,
        stop_flags=flags,
        stopped_on=first if flags else None,
    )
    return with_intake_cautions(state, intake)


def fold_day(plan: PlanSpec, intake: IntakeFact, state: State, facts: DayFacts) -> tuple[State, DayDecision]:
    """Fold one calendar day (the day after `state.day`) into the state and decide it."""
    if facts.day != state.day + A_DAY:
        raise ValueError(f"day: must be {state.day + A_DAY}, the day after the last one folded")
    told = hear(plan, changed(state, day=facts.day), facts)
    if facts.check_in is None:
        return _without_check_in(plan, state, told, facts)
    return _with_check_in(plan, state, told, facts, facts.check_in)


def fold_to(plan: PlanSpec, intake: IntakeFact, state: State, until: date) -> tuple[State, tuple[DayDecision, ...]]:
    """Fold the days without facts up to, but not including, `until`."""
    decisions = []
    while state.day + A_DAY < until:
        state, decision = fold_day(plan, intake, state, DayFacts(state.day + A_DAY))
        decisions.append(decision)
    return state, tuple(decisions)


def _without_check_in(plan: PlanSpec, before: State, told: Told, facts: DayFacts) -> tuple[State, DayDecision]:
    state, today = told.state, facts.day
    if state.stopped or told.new_flags:
        return _stopped(before, told, told.new_flags, ())
    found = tuple(escalation.open_cautions(state))
    steps = escalation.silence(plan, state, today)
    silent = tuple(Finding(code, "noted", {"days": escalation.days_silent(state, today)}) for code in steps)
    if steps:
        state = changed(state, silence_raised=(*state.silence_raised, *steps))
    state = escalation.remember(state, found, today)
    rule = told.rule or "no_check_in"
    outcome = _outcome_of_event(before, state) if told.rule else "no_check_in"
    verdict = Verdict(outcome, Finding(rule, "decides"), state)
    return state, _decision(before, verdict, told, (*silent, *found), checked_in=False)


def _with_check_in(
    plan: PlanSpec, before: State, told: Told, facts: DayFacts, check_in: CheckInFact
) -> tuple[State, DayDecision]:
    state, gap = told.state, gap_to(told.state, facts.day)
    flags = (*told.new_flags, *(code for code in stopping(check_in.red_flags) if code not in told.new_flags))
    waits = state.awaiting_intake or (state.phase != PHASES[-1] and gap >= plan.limits["gap_pause"])
    if not state.stopped and not flags and not waits and state.awaiting_entry:
        state = _placed_again(plan, state, check_in)
        told.rule = "clearance"
    picture = Picture(plan, take_in(plan, state, check_in), facts.day, check_in, gap)
    if flags and not state.stopped:
        told.state = picture.state
        return _stopped(before, told, flags, ())
    found = tuple(escalation.notices(picture))
    picture = picture.after(_told(picture, found))
    if state.stopped:
        told.state = picture.state
        return _stopped(before, told, flags, found)
    verdict = _verdict(picture, before, told, waits, found)
    late = tuple(escalation.flares(picture.after(verdict.state)))
    after = escalation.remember(verdict.state, late, facts.day)
    quiet = tuple(finding.rule for finding in found if escalation.quiet(picture, finding.rule))
    told.findings += _remarks(state, picture)
    verdict = Verdict(verdict.outcome, verdict.why, after, verdict.others)
    return after, _decision(before, verdict, told, (*found, *late), checked_in=True, withheld=quiet)


def _verdict(picture: Picture, before: State, told: Told, waits: bool, found: tuple[Finding, ...]) -> Verdict:
    """Re-intake, an event that decides the day, or the ordinary questions."""
    state = picture.state
    if waits:
        why = Finding("reintake", "decides", {"gap": picture.gap}, {"gap_pause": picture.plan.limits["gap_pause"]})
        return Verdict("reintake", why, changed(state, awaiting_intake=True))
    if told.rule in ("clearance", "new_intake"):
        why = Finding(told.rule, "decides", {"average": picture.check_in.average})
        return Verdict(_outcome_of_event(before, state), why, state)
    verdict = ask(picture, worsening=any(finding.rule == "E5" for finding in found))
    if told.rule and verdict.outcome != "step_back":
        eased = verdict.state
        kept = changed(state, last_red_on=eased.last_red_on, run_free_until=eased.run_free_until)
        return Verdict(_outcome_of_event(before, kept), Finding(told.rule, "decides"), kept, verdict.others)
    return verdict


def _told(picture: Picture, found: tuple[Finding, ...]) -> State:
    """The state remembering the notices; the end of the self-guided plan is a caution of its own."""
    state = escalation.remember(picture.state, found, picture.today)
    ended = any(finding.rule == escalation.PLAN_ENDS for finding in found)
    return changed(state, cautions=(*state.cautions, escalation.PLAN_ENDS)) if ended else state


def _placed_again(plan: PlanSpec, state: State, check_in: CheckInFact) -> State:
    """After a clearance without an intake: the more careful of the old phase and the entry rule."""
    days = (check_in.day - state.onset_on).days
    phase = reentry_phase(plan, state.phase, check_in.average, days)
    moved = enter_phase(state, phase, None, check_in.day, check_in.day)
    return changed(moved, awaiting_entry=False, departure=None)


def _stopped(
    before: State, told: Told, flags: tuple[str, ...], found: tuple[Finding, ...]
) -> tuple[State, DayDecision]:
    """The plan is off: today because of new flags, or still because nobody has looked yet."""
    state = told.state
    known = (*state.stop_flags, *(code for code in flags if code not in state.stop_flags))
    first = not state.stopped or state.stopped_on == state.day
    state = changed(state, stop_flags=known, stopped_on=state.stopped_on or state.day)
    urgent = most_urgent(known)
    figures = {"flags": list(known), "urgency": urgent.urgency if urgent else None}
    why = Finding("red_flag" if first else "latched_stop", "decides", figures)
    if told.cleared:
        state = release(state, state.day)
    verdict = Verdict("stop" if first else "stopped", why, state)
    checked_in = state.last_check_in_on == state.day
    return state, _decision(before, verdict, told, found, checked_in)


def _outcome_of_event(before: State, after: State) -> str:
    """An event is a step back when it leads lower, else a hold: only criteria advance."""
    lower = place_of(after.phase, None) < place_of(before.phase, None)
    return "step_back" if lower else "hold"


def _remarks(before: State, picture: Picture) -> list[Finding]:
    """Grades that became known, recovery, a new episode."""
    state, found = picture.state, []
    graded = known_today(state.window, picture.today)
    if graded:
        sessions = [{"day": record.day.isoformat(), "grade": record.grade} for record in graded]
        found.append(Finding("sessions_graded", "noted", {"sessions": sessions}))
    if state.recovered and not before.recovered:
        found.append(Finding("recovered", "noted"))
    if before.recovered and not state.recovered:
        found.append(Finding("new_episode", "noted", {"onset_on": state.onset_on.isoformat()}))
    return found


def _decision(
    before: State,
    verdict: Verdict,
    told: Told,
    notices: tuple[Finding, ...],
    checked_in: bool,
    withheld: tuple[str, ...] = (),
) -> DayDecision:
    state = verdict.state
    return DayDecision(
        day=state.day,
        outcome=verdict.outcome,
        phase=state.phase,
        run_level=state.run_level,
        from_phase=before.phase,
        from_run_level=before.run_level,
        rule=verdict.why.rule,
        findings=(verdict.why, *verdict.others, *told.findings, *notices),
        notices=tuple(finding.rule for finding in notices),
        checked_in=checked_in,
        withheld=withheld,
    )
