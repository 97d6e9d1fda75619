"""What is asked only now and then: one question a day, each in its turn, and none that must be answered."""

from datetime import date, timedelta

import pytest

from recovery.rules.checks import InvalidFact
from recovery.rules.decision import Finding
from recovery.rules.facts import PHASES, SessionFact
from recovery.rules.rotation import EVERY_DAYS, Rotating, RunDetails, coming, due_on, gate_is_near

DAY = date(2026, 3, 1)
STRETCHING, WEEKLY = PHASES[2], PHASES[-1]
WEEKS = [DAY + timedelta(days=number) for number in range(28)]


def test_whoever_answers_is_asked_one_question_a_day_and_each_in_its_turn():
    asked = coming(WEEKS, {}, STRETCHING)
    assert all(len(items) <= 1 for items in asked.values())
    counts = {item: sum(item in items for items in asked.values()) for item in EVERY_DAYS}
    assert counts["stiffness"] >= 6
    assert all(3 <= counts[item] <= 4 for item in EVERY_DAYS if item != "stiffness")


@pytest.mark.parametrize("item", EVERY_DAYS)
def test_no_question_comes_again_before_it_is_due(item):
    days = [day for day, items in coming(WEEKS, {}, STRETCHING).items() if item in items]
    assert all((later - earlier).days >= EVERY_DAYS[item] for earlier, later in zip(days, days[1:], strict=False))


def test_whoever_leaves_them_out_is_asked_another_one_each_day():
    asked = {item for day in WEEKS[:6] for item in due_on(day, {}, STRETCHING)}
    assert asked == set(EVERY_DAYS)


def test_the_weekly_phase_asks_all_that_is_due_at_once():
    answered = {"sleep": DAY - timedelta(days=6), "mood": DAY - timedelta(days=7)}
    assert set(due_on(DAY, answered, WEEKLY)) == set(EVERY_DAYS) - {"sleep"}


@pytest.mark.parametrize("phase", PHASES[:2])
def test_sides_are_not_compared_before_there_are_exercises(phase):
    assert all("sides" not in items for items in coming(WEEKS, {}, phase).values())


def test_confidence_is_asked_every_day_while_the_run_gate_is_near():
    asked = coming(WEEKS, {}, "low_impact", gate_is_near=True)
    assert all("confidence" in items and len(items) <= 2 for items in asked.values())


def finding(rule, verdict="met"):
    return Finding(rule, verdict)


@pytest.mark.parametrize(
    ("criteria", "near"),
    [
        ([finding("run_gate_walks", "unmet"), finding("run_gate_review", "unmet"), finding("minimum_days")], True),
        ([finding(f"run_gate_{number}", "unmet") for number in range(3)], False),
        ([finding("run_gate_confidence", "unmet"), finding("run_gate_walks")], True),
        ([finding("advance_pain"), finding("minimum_days", "unmet")], False),
        ([], False),
    ],
)
def test_the_gate_is_near_when_at_most_two_conditions_are_missing(criteria, near):
    assert gate_is_near(criteria) is near


BAD = [
    {"stiffness": "an hour"},
    {"sleep": 11},
    {"activity": True},
    {"sides": "both"},
    {"run": {"minutes": 0}},
    {"run": {"metres": 200_001}},
    {"run": {"surface": "moon"}},
    {"run": {"hills": "no"}},
    {"run": {"shoes": "blue"}},
]


@pytest.mark.parametrize("values", BAD, ids=str)
def test_nonsense_is_refused_when_it_is_built(values):
    with pytest.raises(InvalidFact):
        Rotating(**{name: RunDetails(**value) if name == "run" else value for name, value in values.items()})


def test_a_run_stands_only_beside_a_session_that_took_place():
    told = Rotating(run=RunDetails(minutes=20))
    assert told.of(SessionFact("done", 1)) is told
    with pytest.raises(InvalidFact, match="run"):
        told.of(SessionFact("skipped"))
