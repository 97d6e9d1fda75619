"""A made-up patient's history as a replay case: begun, given days, and taken back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, repeat
from typing import Any

from recovery.rules.case_reading import Case as ReadCase
from recovery.rules.case_reading import read_case
from recovery.rules.decide import fold_day, start
from recovery.rules.decision import DayDecision
from recovery.rules.facts import RUNNING_PHASE, CheckInFact, DayFacts
from recovery.rules.forecast import Forecast, forecast
from recovery.rules.plan import PlanSpec
from recovery.rules.replay import fold_case
from recovery.rules.state import State
from recovery.services.refusals import Refused

A_DAY = timedelta(days=1)
MOST_DAYS = 120
PER_DAY = ("check_ins", "clearances", "intakes", "reviews")
SEEN_BY = "physiotherapist"

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Who the made-up patient is; days are counted back from the first one. No `phase`: as the entry rule says."""

    average: int
    onset_days_ago: int = 5
    last_run_days_ago: int | None = 5
    age: int = 34
    first_episode: bool = False
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One day's answers (plain values as in a replay case) and what else happens on it."""

    answers: Mapping[str, Any]
    ready: bool = False
    seen: bool = False


def begin(who: Beginning, today: date) -> Case:
    """A patient whose first day is today, with no day lived yet."""
    runs = None if who.last_run_days_ago is None else (today - timedelta(days=who.last_run_days_ago)).isoformat()
    case: Case = {
        "intake": {
            "started_on": today.isoformat(),
            "onset_on": (today - timedelta(days=who.onset_days_ago)).isoformat(),
            "last_run_on": runs,
            "age": who.age,
            "first_episode": who.first_episode,
            "average": who.average,
        },
        "check_ins": [],
        "as_of": None,
    }
    if who.phase:
        level = "R1" if who.phase == RUNNING_PHASE else None
        case["start"] = {"phase": who.phase, "run_level": level, "baseline": who.average, "recovered": False}
    return case


def days_of(case: Mapping) -> int:
    """How many days have been lived."""
    if case["as_of"] is None:
        return 0
    return (date.fromisoformat(case["as_of"]) - _first(case)).days + 1


def lived(case: Mapping, plan: PlanSpec) -> Iterator[tuple[State, DayDecision]]:
    """Each day's state and decision under a plan."""
    return fold_case(read_case(case), plan) if days_of(case) else iter(())


def state_of(case: Mapping, plan: PlanSpec) -> State:
    """Where the plan has the patient after the last day, or before the first."""
    read = _read(case)
    state = start(plan, read.intake, read.start)
    for state, _decision in lived(case, plan):  # noqa: B007 - the last one is wanted
        pass
    return state


def check_ins(case: Mapping) -> dict[date, CheckInFact]:
    """What was told, by day."""
    return {day: told.check_in for day, told in _read(case).days.items() if told.check_in is not None}


def ahead(case: Mapping, plan: PlanSpec, state: State) -> Forecast:
    """What would move the patient on at once, from where they stand."""
    return forecast(plan, _read(case).intake, state, state.day + A_DAY)


def give(case: Mapping, plan: PlanSpec, given: Given, days: int = 1) -> Case:
    """The same answers on the coming days; what else happens, on the first of them. Raises Refused, InvalidCase."""
    told = chain([given], repeat(Given(given.answers)))
    return grow(case, plan, lambda state: next(told), days)


def skip(case: Mapping, plan: PlanSpec, days: int = 1) -> Case:
    """Nothing is heard on the coming days."""
    return grow(case, plan, lambda state: None, days)


def grow(case: Mapping, plan: PlanSpec, told: Callable[[State], Given | None], days: int) -> Case:
    """Adds days, each with what `told` says of it; the starting questions are answered anew where the plan waits."""
    if days_of(case) + days > MOST_DAYS:
        raise Refused("made_up_full", "days", most=MOST_DAYS, left=MOST_DAYS - days_of(case))
    grown, state = dict(case), state_of(case, plan)
    for _ in range(days):
        today = (state.day + A_DAY).isoformat()
        news = _news(grown, state, today, told(state))
        read = _read({**_bare(grown), **news, "as_of": today})
        grown = {**grown, **_joined(grown, news), "as_of": today}
        facts = read.days.get(state.day + A_DAY) or DayFacts(state.day + A_DAY)
        state, _decision = fold_day(plan, read.intake, state, facts)
    return grown


def undo(case: Mapping) -> Case:
    """The same patient a day earlier."""
    if not days_of(case):
        return dict(case)
    last = case["as_of"]
    earlier = date.fromisoformat(last) - A_DAY
    kept = {name: [one for one in case.get(name, ()) if one["day"] != last] for name in PER_DAY}
    ready = case.get("readiness_passed_on")
    return {
        **case,
        **kept,
        "readiness_passed_on": None if ready == last else ready,
        "as_of": earlier.isoformat() if earlier >= _first(case) else None,
    }


def _news(case: Mapping, state: State, today: str, given: Given | None) -> dict[str, Any]:
    """What becomes known today, by the names of a replay case."""
    if given is None:
        return {}
    news: dict[str, Any] = {"check_ins": [{**given.answers, "day": today}]}
    if state.awaiting_intake and not state.stopped:
        news["intakes"] = [{"day": today, "average": given.answers["average"]}]
    if given.ready and not case.get("readiness_passed_on"):
        news["readiness_passed_on"] = today
    if given.seen:
        news |= {"clearances": [{"day": today, "by": SEEN_BY}]} if state.stopped else {"reviews": [{"day": today}]}
    return news


def _joined(case: Mapping, news: Mapping) -> dict[str, Any]:
    return {name: [*case.get(name, ()), *value] if name in PER_DAY else value for name, value in news.items()}


def _bare(case: Mapping) -> dict[str, Any]:
    """The case without its days."""
    return {name: value for name, value in case.items() if name in ("intake", "start")} | {"check_ins": []}


def _first(case: Mapping) -> date:
    return date.fromisoformat(case["intake"]["started_on"])


def _read(case: Mapping) -> ReadCase:
    return read_case({**case, "as_of": case["as_of"] or case["intake"]["started_on"]})
