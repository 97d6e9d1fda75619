"""What a day costs the rules: beside a bare loop over the same facts, late in a history, and against a full replay."""

import json
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

import pytest
import yaml

from recovery.rules.decide import fold_day, start
from recovery.rules.decision import DayDecision
from recovery.rules.plan import parse_plan
from recovery.rules.state import State, changed
from recovery.services.cohort.habits import IDEAL
from recovery.services.cohort.trial import Patient, live, trial

PLAN = Path(__file__).resolve().parents[2] / "recovery" / "content" / "plans" / "lower-back-running.yaml"
ROUNDS = 7
EARLY, LATE = 7, 700
MOST_LATE = 4  # times the early cost; a full window of 35 days is read where a week was


@pytest.fixture(scope="module")
def plan():
    return parse_plan(yaml.safe_load(PLAN.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def cohort(plan):
    """Twelve weeks of forty people."""
    return [(life.intake, life.days) for life in trial(plan, 40, 12, seed=1, keep_days=True)]


def seconds_of(work) -> float:
    """The least processor time of some rounds."""
    took = []
    for _ in range(ROUNDS):
        began = process_time()
        work()
        took.append(process_time() - began)
    return min(took)


def fold(plan, intake, days) -> State:
    """A history from its start."""
    state = start(plan, intake)
    for facts in days:
        state, _ = fold_day(plan, intake, state, facts)
    return state


def bare(plan, intake, days) -> None:
    """The same facts, one new state and one decision a day, and no question asked."""
    state = start(plan, intake)
    for facts in days:
        average = facts.check_in.average if facts.check_in else state.last_average
        state = changed(state, day=facts.day, last_average=average)
        DayDecision(facts.day, "hold", state.phase, None, state.phase, None, "none", (), (), bool(facts.check_in))


def test_days_a_second_are_printed(plan, cohort):
    days = sum(len(history) for _, history in cohort)
    rules = seconds_of(lambda: [fold(plan, *one) for one in cohort])
    loop = seconds_of(lambda: [bare(plan, *one) for one in cohort])
    print(f"\nrules: {days / rules:9,.0f} days/s on one core")
    print(f"bare loop: {days / loop:9,.0f} days/s; a decided day costs {rules / loop:.1f} bare ones")
    assert rules > loop


def test_a_late_day_costs_what_an_early_one_does(plan):
    life = live(Patient(plan, "C3", 1, 1, IDEAL), LATE + 1, keep_days=True)
    state, states = start(plan, life.intake), {}
    for number, facts in enumerate(life.days, 1):
        states[number] = state
        state, _ = fold_day(plan, life.intake, state, facts)

    def around(number: int) -> float:
        near = range(number, number - 3, -1)
        return median(
            seconds_of(lambda n=n: [fold_day(plan, life.intake, states[n], life.days[n - 1]) for _ in range(100)])
            for n in near
        )

    early, late = around(EARLY), around(LATE)
    replay = seconds_of(lambda: fold(plan, life.intake, life.days[:LATE]))
    print(f"\nday {EARLY}: {early * 10_000:.0f} µs, day {LATE}: {late * 10_000:.0f} µs, {late / early:.1f} times that")
    print(f"a full replay of {LATE} days: {replay * 1000:.1f} ms, {replay / (late / 100):.0f} times the one new day")
    sizes = [len(json.dumps(states[number].to_json())) for number in (100, 400, LATE)]
    print(f"the state after 100, 400 and {LATE} days: {', '.join(map(str, sizes))} bytes of JSON")
    assert late < MOST_LATE * early
    assert all(later < 1.5 * earlier for earlier, later in pairwise(sizes))
