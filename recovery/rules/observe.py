"""Takes a day's check-in into the state: window, grades, baseline, recovery, cautions."""

from dataclasses import replace
from datetime import date, timedelta

from recovery.rules.facts import PHASES, CheckInFact
from recovery.rules.plan import PlanSpec
from recovery.rules.red_flags import cautioning
from recovery.rules.sessions import GRADES, GREEN, RED, RUNNING_PHASES, regrade
from recovery.rules.state import WINDOW_DAYS, Record, State, Tally, changed
from recovery.rules.windows import days_to, in_a_row, middle

BASELINE_CHECK_INS = 3
REMEMBERED_GRADES = 4
NIGHT_PAIN = "E10"


def take_in(plan: PlanSpec, state: State, check_in: CheckInFact) -> State:
    """The state with today's check-in in it, before anything is decided."""
    record = Record(check_in, state.phase, state.run_level, known_on=check_in.day)
    window = (*state.window, record)
    window = regrade(window, (len(window) - 2, len(window) - 1), plan.limits)
    ran = check_in.session.took_place and state.phase in RUNNING_PHASES
    kept, tally = _prune(state, window, check_in.day)
    values = _with_value(state.baseline_values, check_in)
    state = changed(
        state,
        window=kept,
        tally=tally,
        check_ins=state.check_ins + 1,
        last_check_in_on=check_in.day,
        silence_from=check_in.day,
        silence_raised=(),
        last_average=check_in.average,
        last_run_on=check_in.day if ran else state.last_run_on,
        baseline_values=values,
        baseline=_baseline(state.baseline, values),
    )
    return _cautions(plan, _weekly_or_daily(plan, _recovery(plan, state, check_in), check_in), check_in)


def amend(plan: PlanSpec, state: State, amended: CheckInFact, known_on: date) -> State:
    """A corrected check-in replaces the earlier one in the window; days not in the window are left alone."""
    days = [record.day for record in state.window]
    if amended.day not in days:
        return state
    position = days.index(amended.day)
    records = list(state.window)
    records[position] = replace(records[position], check_in=amended, known_on=known_on, grade=None, graded_on=None)
    window = regrade(tuple(records), (position - 1, position, position + 1), plan.limits)
    values = state.baseline_values
    if values is not None:
        values = tuple((day, amended.average if day == amended.day else value) for day, value in values)
    latest = window[-1].check_in
    added = tuple(code for code in cautioning(amended.red_flags) if code not in state.cautions)
    return changed(
        state,
        window=window,
        baseline_values=values,
        baseline=_baseline(state.baseline, values),
        last_average=latest.average,
        cautions=(*state.cautions, *added),
    )


def _prune(state: State, window: tuple[Record, ...], today: date) -> tuple[tuple[Record, ...], Tally]:
    """Drop old records; graded sessions of the present stay are counted before they go."""
    first = today - timedelta(days=WINDOW_DAYS - 1)
    if window[0].check_in.day >= first:
        return window, state.tally
    tally = state.tally
    for record in window:
        if record.check_in.day < first and record.grade in GRADES and record.check_in.day >= state.phase_from:
            tally = _count(tally, record, at_level=record.check_in.day >= state.level_from)
    kept = tuple(record for record in window if record.check_in.day >= first)
    return kept, tally


def _count(tally: Tally, record: Record, at_level: bool) -> Tally:
    green = record.grade == GREEN
    level_greens = tally.level_greens + (green and at_level)
    return Tally(
        graded=tally.graded + 1,
        green_walks=tally.green_walks + (green and record.check_in.session.brisk_walk),
        level_greens=0 if record.grade == RED else level_greens,
        last=(*tally.last, record.grade or "")[-REMEMBERED_GRADES:],
    )


def _with_value(values: tuple | None, check_in: CheckInFact) -> tuple | None:
    if values is None or len(values) >= BASELINE_CHECK_INS:
        return values
    return (*values, (check_in.day, check_in.average))


def _baseline(before: float, values: tuple | None) -> float:
    """The median of the first three check-ins; until then what it was before."""
    if values is None or len(values) < BASELINE_CHECK_INS:
        return before
    return middle([value for _, value in values])


def _recovery(plan: PlanSpec, state: State, check_in: CheckInFact) -> State:
    """Recovered when the week is almost free of pain; pain twice in a row begins a new episode."""
    limits = plan.limits
    if state.recovered:
        back = in_a_row(state.window, 2)
        if back and min(record.check_in.average for record in back) >= limits["relapse_average"]:
            return _new_episode(state, tuple(record.check_in for record in back))
        return state
    week = days_to(state.window, check_in.day, 7)
    calm = len(week) >= limits["recovered_check_ins"]
    if calm and all(record.check_in.average <= limits["recovered_average"] for record in week):
        return changed(state, recovered=True)
    return state


def _new_episode(state: State, back: tuple[CheckInFact, ...]) -> State:
    """The clocks start again with the first of the check-ins that brought the pain back."""
    kept = tuple((code, day) for code, day in state.raised if code.startswith("CA"))
    return changed(
        state,
        recovered=False,
        onset_on=back[0].day,
        check_ins=len(back),
        raised=kept,
        baseline_values=tuple((answers.day, answers.average) for answers in back),
    )


def _weekly_or_daily(plan: PlanSpec, state: State, check_in: CheckInFact) -> State:
    """A flare in the prevention phase asks for daily check-ins for some days."""
    if state.phase != PHASES[-1] or check_in.average < plan.limits["flare_average"]:
        return state
    return changed(state, daily_until=check_in.day + timedelta(days=plan.limits["flare_daily_days"]))


def _cautions(plan: PlanSpec, state: State, check_in: CheckInFact) -> State:
    """Open what was ticked and what the nights say; close night pain after enough quiet check-ins."""
    quiet = state.window[-plan.limits["e10_quiet_check_ins"] :]
    is_quiet = len(quiet) == plan.limits["e10_quiet_check_ins"] and not any(record.check_in.woken for record in quiet)
    cautions = [code for code in state.cautions if not (is_quiet and code in (NIGHT_PAIN, "CA4"))]
    found = list(cautioning(check_in.red_flags))
    if not state.cautions and not found and not check_in.woken:
        return state
    if nights_woken(plan, state, check_in.day) >= plan.limits["e10_nights"]:
        found.append(NIGHT_PAIN)
    return changed(state, cautions=(*cautions, *(code for code in found if code not in cautions)))


def nights_woken(plan: PlanSpec, state: State, today: date) -> int:
    """Check-ins of the last seven days, from gentle stretching on, with a night broken by back pain."""
    if PHASES.index(state.phase) < PHASES.index("gentle_stretching"):
        return 0
    after = state.reviewed_on or date.min
    return sum(record.check_in.woken for record in days_to(state.window, today, 7) if record.check_in.day > after)
