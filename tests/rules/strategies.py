"""Histories for the properties: check-ins, silences, red flags, clearances and other events of a plan."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from recovery.rules.decide import fold_day, start
from recovery.rules.facts import (
    PHASES,
    RUN_LEVELS,
    CheckInFact,
    ClearanceFact,
    DayFacts,
    IntakeFact,
    OverrideFact,
    SessionFact,
    StartFact,
)
from recovery.rules.red_flags import FLAGS

FIRST = date(2026, 3, 1)
SCORES = st.integers(0, 10)
LOW_SCORES = st.integers(0, 3)
STOPPING = sorted(code for code, flag in FLAGS.items() if flag.stops)


@st.composite
def sessions(draw, scores=SCORES) -> SessionFact:
    """Any session."""
    status = draw(st.sampled_from(("none", "done", "done", "part", "skipped")))
    if status in ("none", "skipped"):
        return SessionFact(status)
    stopped = draw(st.integers(0, 9)) == 0
    return SessionFact(status, draw(scores), stopped, draw(st.booleans()))


@st.composite
def check_ins(draw, day: date = FIRST, scores=SCORES, flags: bool = False) -> CheckInFact:
    """Any check-in of a day; red flags only when asked for."""
    average = draw(scores)
    ticked = draw(st.sets(st.sampled_from(STOPPING), max_size=2)) if flags else ()
    return CheckInFact(
        day=day,
        average=average,
        worst=max(average, draw(scores)),
        morning=draw(scores),
        function=draw(scores),
        session=draw(sessions(scores)),
        medicine=draw(st.sampled_from(("none", "none", "otc", "prescribed"))),
        woken=draw(st.integers(0, 4)) == 0,
        yesterday_morning=draw(st.none() | scores),
        red_flags=tuple(sorted(ticked)),
        confidence=draw(st.none() | SCORES),
        mood=draw(st.none() | SCORES),
    )


@st.composite
def intakes(draw) -> IntakeFact:
    """Any adult runner."""
    onset = FIRST - timedelta(days=draw(st.integers(0, 90)))
    return IntakeFact(
        started_on=FIRST,
        onset_on=onset,
        last_run_on=draw(st.none() | st.just(onset)),
        age=draw(st.integers(18, 80)),
        first_episode=draw(st.booleans()),
        average=draw(SCORES),
    )


@st.composite
def starts(draw) -> StartFact | None:
    """By the entry rule, or in any phase."""
    phase = draw(st.none() | st.sampled_from(PHASES))
    if phase is None:
        return None
    level = draw(st.sampled_from(RUN_LEVELS)) if phase == "return_to_running" else None
    return StartFact(phase, level, draw(st.none() | SCORES), draw(st.booleans()))


LENGTHS = st.integers(1, 40)


@st.composite
def days(draw, length=LENGTHS, events: bool = True, flags: bool = True) -> tuple[DayFacts, ...]:
    """A run of days, mostly with a check-in; whole histories are calm or wild."""
    scores = draw(st.sampled_from((SCORES, LOW_SCORES, st.integers(0, 1))))
    missing = draw(st.sampled_from((0, 0, 2, 6)))
    found = []
    for number in range(draw(length)):
        day = FIRST + timedelta(days=number)
        facts = DayFacts(day)
        if draw(st.integers(0, 9)) >= missing:
            ticks = flags and draw(st.integers(0, 30)) == 0
            facts = replace(facts, check_in=draw(check_ins(day, scores, flags=ticks)))
        if events and draw(st.integers(0, 5)) == 0:
            facts = draw(with_event(facts))
        found.append(facts)
    return tuple(found)


@st.composite
def with_event(draw, facts: DayFacts) -> DayFacts:
    """One of the other things that can happen on a day."""
    day = facts.day
    kind = draw(st.sampled_from(("clearance", "review", "readiness", "override", "back", "amend", "intake", "gate")))
    if kind == "clearance":
        return replace(facts, clearance=ClearanceFact(day, "physiotherapist"))
    if kind == "override":
        phase = draw(st.sampled_from(PHASES))
        level = draw(st.sampled_from(RUN_LEVELS)) if phase == "return_to_running" else None
        until = day + timedelta(days=draw(st.integers(0, 10)))
        return replace(facts, override=OverrideFact(day, phase, level, until))
    if kind == "amend" and day > FIRST:
        earlier = FIRST + timedelta(days=draw(st.integers(0, (day - FIRST).days - 1)))
        return replace(facts, amendments=(draw(check_ins(earlier)),))
    if kind == "intake":
        onset = day - timedelta(days=draw(st.integers(0, 30)))
        return replace(facts, intake=IntakeFact(day, onset, None, 40, False, draw(SCORES)))
    changes = {"review": {"review": True}, "back": {"override_withdrawn": True}, "gate": {"tolerant_gate": True}}
    return replace(facts, **changes.get(kind, {"readiness_passed": True}))


def fold(plan, intake, begin, history):
    """Every state and decision of a history, from the start."""
    state = start(plan, intake, begin)
    found = []
    for facts in history:
        state, decision = fold_day(plan, intake, state, facts)
        found.append((state, decision))
    return found
