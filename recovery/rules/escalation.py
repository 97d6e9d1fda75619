"""When a human should look: notices E1-E12 and the cautions, each raised once per episode."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from recovery.rules.decision import Finding
from recovery.rules.facts import PHASES
from recovery.rules.observe import NIGHT_PAIN, nights_woken
from recovery.rules.picture import Picture
from recovery.rules.plan import PlanSpec
from recovery.rules.reminders import PAUSE_STEP, SILENCE_STEPS, SOFT_STEP, silent_days
from recovery.rules.state import State, changed
from recovery.rules.windows import (
    days_to,
    improvement,
    in_a_row,
    last_within,
    recent_middle,
    weekly_rise,
)

FEWEST_CHECK_INS = 3
FEWEST_FOR_WORSENING = 6
MEDICINE_WINDOW = 14
WEEKLY = (6, 14)  # days between two answers that count as two weekly ones
HALVED = 2  # first episodes at 50 or later have clocks of half the length
RUNNING = PHASES[4:]
PLAN_ENDS = "E4"
SLOW = ("E1", "E2", "E3")


@dataclass(frozen=True, slots=True)
class Clock:
    """How long the episode lasts and how pain has been going."""

    days: int
    recent: float
    gained: float
    factor: int

    def past(self, limit: float) -> bool:
        """Whether a clock of this length has run out."""
        return self.days >= limit / self.factor


def notices(picture: Picture) -> Iterator[Finding]:
    """All notices of the day that do not depend on its decision and were not raised before."""
    known = {code for code, _ in picture.state.raised}
    ticking = clock(picture)
    if ticking is not None:
        yield from _slow_recovery(picture, ticking, known)
    for code, ask in QUESTIONS:
        if code not in known and (figures := ask(picture)) is not None:
            yield Finding(code, "noted", figures)
    yield from _plateau(picture)
    yield from open_cautions(picture.state)


def _slow_recovery(picture: Picture, ticking: Clock, known: set[str]) -> Iterator[Finding]:
    """E1-E4, which share one clock."""
    for code, look in CLOCKED:
        if code not in known and (figures := look(picture, ticking)) is not None:
            yield Finding(code, "noted", figures)


def open_cautions(state: State) -> Iterator[Finding]:
    """Open cautions nobody was told about yet."""
    for code in state.cautions:
        if code.startswith("CA") and not raised(state, code):
            yield Finding(code, "noted")


def raised(state: State, code: str) -> bool:
    """Whether this notice was raised in the episode."""
    return code in [known for known, _ in state.raised]


def remember(state: State, found: tuple[Finding, ...], today: date) -> State:
    """The state knowing what was raised; the plateau notice is known once per phase."""
    if not found:
        return state
    codes = [_memory(state, finding.rule) for finding in found]
    return changed(state, raised=(*state.raised, *((code, today) for code in codes)))


def _memory(state: State, code: str) -> str:
    return f"E6:{state.phase}" if code == "E6" else code


def quiet(picture: Picture, code: str) -> bool:
    """Whether a plateau notice stays in the log because a slow-recovery notice came shortly before."""
    if code != "E6":
        return False
    days = picture.plan.limits["e6_quiet_days"]
    return any(known in SLOW and (picture.today - day).days <= days for known, day in picture.state.raised)


def clock(picture: Picture) -> Clock | None:
    """The clock of E1-E4, running only while not recovered and from three check-ins on."""
    state = picture.state
    if state.recovered or state.check_ins < FEWEST_CHECK_INS:
        return None
    recent = recent_middle(state.window, picture.today)
    if recent is None:
        return None
    return Clock(
        days=(picture.today - state.onset_on).days,
        recent=recent,
        gained=improvement(state.baseline, recent),
        factor=HALVED if state.halved_timers else 1,
    )


def _figures(found: Clock) -> dict:
    return {"days": found.days, "recent": found.recent, "improvement": found.gained}


def _early_watch(picture: Picture, found: Clock) -> dict | None:
    limits = picture.plan.limits
    if not found.past(limits["e1_days"]) or found.past(limits["e2_days"]):
        return None
    slow = found.recent >= limits["e1_average"] and found.gained < limits["improvement"]
    return _figures(found) if slow else None


def _persistent(picture: Picture, found: Clock) -> dict | None:
    limits = picture.plan.limits
    if not found.past(limits["e2_days"]):
        return None
    lingering = found.recent >= limits["lingering_average"] and found.gained < limits["improvement"]
    return _figures(found) if found.recent >= limits["e2_average"] or lingering else None


def _six_weeks(picture: Picture, found: Clock) -> dict | None:
    limits = picture.plan.limits
    if not found.past(limits["e3_days"]) or found.recent < limits["lingering_average"]:
        return None
    told = next((day for code, day in picture.state.raised if code == "E2"), None)
    reviewed = picture.state.reviewed_on
    acted = told is not None and reviewed is not None and reviewed >= told
    return {**_figures(found), "priority": found.recent >= limits["e2_average"] and not acted}


def _twelve_weeks(picture: Picture, found: Clock) -> dict | None:
    limits = picture.plan.limits
    if not found.past(limits["e4_days"]) or found.recent < limits["lingering_average"]:
        return None
    return _figures(found)


def _worsening(picture: Picture) -> dict | None:
    state, limits = picture.state, picture.plan.limits
    if state.check_ins < FEWEST_CHECK_INS:
        return None
    trend = weekly_rise(state.window, picture.today) if _first_of_plan_week(picture) else None
    if trend and trend[0] - trend[1] >= limits["e5_delta"] and trend[0] >= limits["e5_min"]:
        return {"this_week": trend[0], "last_week": trend[1]}
    last = last_within(state.window, picture.today, 3, 6) if state.check_ins >= FEWEST_FOR_WORSENING else ()
    averages = [record.check_in.average for record in last]
    if averages and min(averages) >= state.baseline + limits["e5_delta"]:
        return {"averages": averages, "baseline": state.baseline}
    return None


def _first_of_plan_week(picture: Picture) -> bool:
    """Whether this is the first check-in of its seven-day block counted from plan day 1."""
    block_day = (picture.today - picture.state.started_on).days % 7
    return len(days_to(picture.state.window, picture.today, block_day + 1)) == 1


def _plateau(picture: Picture) -> Iterator[Finding]:
    limit = picture.phase.plateau_days
    state = picture.state
    if limit is None or state.check_ins < FEWEST_CHECK_INS or picture.day_in_phase <= limit.value:
        return
    recent = recent_middle(state.window, picture.today)
    lingering = recent is not None and recent >= picture.plan.limits["lingering_average"]
    if lingering and not raised(state, _memory(state, "E6")):
        yield Finding("E6", "noted", {"day": picture.day_in_phase, "recent": recent, "phase": state.phase})


def _severe(picture: Picture) -> dict | None:
    if "RF21" in picture.check_in.red_flags:
        return {"averages": [picture.check_in.average], "ticked": True}
    last = in_a_row(picture.state.window, 2)
    averages = [record.check_in.average for record in last]
    return {"averages": averages} if averages and min(averages) >= picture.plan.limits["e7_average"] else None


def _nights(picture: Picture) -> dict | None:
    nights = nights_woken(picture.plan, picture.state, picture.today)
    return {"nights": nights} if nights >= picture.plan.limits["e10_nights"] else None


def _medicine(picture: Picture) -> dict | None:
    last = picture.state.window[-MEDICINE_WINDOW:]
    taken = sum(record.check_in.medicine != "none" for record in last)
    return {"days": taken, "of": len(last)} if taken >= picture.plan.limits["e11_days"] else None


def _low_spirits(picture: Picture) -> dict | None:
    limits = picture.plan.limits
    for item, limit in (("confidence", limits["e12_confidence"]), ("mood", limits["e12_mood"])):
        answers = [
            (record.check_in.day, value)
            for record in picture.state.window
            if (value := getattr(record.check_in, item)) is not None
        ]
        if answers and answers[-1][0] == picture.today and _low_twice(answers, limit):
            return {"item": item, "answers": [value for _, value in answers]}
    return None


def _low_twice(answers: list[tuple[date, int]], limit: float) -> bool:
    """Whether the latest answer and one a week earlier are both low."""
    today, latest = answers[-1]
    first, last = (today - timedelta(days=days) for days in reversed(WEEKLY))
    return latest <= limit and any(value <= limit and first <= day <= last for day, value in answers)


def _flares(picture: Picture) -> dict | None:
    state, limits, today = picture.state, picture.plan.limits, picture.today
    if state.check_ins < FEWEST_CHECK_INS:
        return None
    out_of_running = [move.day for move in state.step_backs if move.from_phase in RUNNING]
    if sum((today - day).days <= limits["e8_flare_days"] for day in out_of_running) >= 2:
        return {"flares": len(out_of_running)}
    if (
        sum((today - move.day).days < limits["e8_step_back_days"] for move in state.step_backs)
        >= limits["e8_step_backs"]
    ):
        return {"step_backs": len(state.step_backs)}
    recent = recent_middle(state.window, today)
    since = (today - out_of_running[-1]).days if out_of_running else 0
    if since >= limits["e8_unsettled_days"] and recent is not None and recent >= limits["lingering_average"]:
        return {"days": since, "recent": recent}
    return None


def flares(picture: Picture) -> Iterator[Finding]:
    """E8, asked after the day's decision because a step back of today counts."""
    figures = None if raised(picture.state, "E8") else _flares(picture)
    if figures is not None:
        yield Finding("E8", "noted", figures)


CLOCKED: tuple[tuple[str, Callable[[Picture, Clock], dict | None]], ...] = (
    ("E1", _early_watch),
    ("E2", _persistent),
    ("E3", _six_weeks),
    (PLAN_ENDS, _twelve_weeks),
)
QUESTIONS: tuple[tuple[str, Callable[[Picture], dict | None]], ...] = (
    ("E5", _worsening),
    ("E7", _severe),
    (NIGHT_PAIN, _nights),
    ("E11", _medicine),
    ("E12", _low_spirits),
)


def silence(plan: PlanSpec, state: State, today: date) -> tuple[str, ...]:
    """The steps of E9 that fall due today, on a day without a check-in; each once per silence."""
    days = days_silent(state, today)
    if days < 1 or SILENCE_STEPS[-1][1] in state.silence_raised:
        return ()
    due = [code for after, code in SILENCE_STEPS if days >= after]
    if state.last_average >= plan.limits["e9_soft_average"]:
        due.insert(0, SOFT_STEP)
    if state.phase == PHASES[-1]:
        due = [code for code in due if code != PAUSE_STEP]
    return tuple(code for code in due if code not in state.silence_raised)


def days_silent(state: State, today: date) -> int:
    """Days for which an expected check-in has been missing; prevention expects one a week."""
    return silent_days(state.expected_from, today, state.phase == PHASES[-1], state.daily_until)
