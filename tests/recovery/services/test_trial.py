"""A cohort on the shipped plan: it behaves as published, and the rules keep their promises to it."""

from dataclasses import replace

import pytest

from recovery.content.plans import shipped
from recovery.rules.plan import parse_plan
from recovery.rules.replay import decision_to_json, replay
from recovery.services.cohort.cases import case_of
from recovery.services.cohort.figures import broken_promises, by_class, escalated_after_recovery
from recovery.services.cohort.habits import HEAVY, LOYAL, alike
from recovery.services.cohort.trial import Life, Patient, live, trial

DAYS = 84


@pytest.fixture(scope="module")
def plan():
    return parse_plan(shipped("lower-back-running"))


@pytest.fixture(scope="module")
def lives(plan):
    """A small cohort with one seed, twelve weeks long."""
    return list(trial(plan, 120, 12, seed=20))


@pytest.fixture(scope="module")
def figures(lives):
    return by_class(lives, DAYS)


def test_a_third_or_so_hears_after_four_weeks_that_somebody_should_look(figures):
    assert 30 <= figures["all"].notices[1] <= 45


def test_no_promise_is_broken(lives):
    assert broken_promises(lives) == []


def test_who_recovers_quickly_runs_again_within_six_weeks(figures):
    assert figures["C1"].running_by[0] >= 90
    assert figures["C1"].median_day == tuple(sorted(figures["C1"].median_day))


def test_lasting_high_pain_never_opens_the_run_gate(figures):
    assert figures["C5"].running_by == (0, 0)
    assert figures["C5"].notices[1] == 100


def test_the_slower_the_recovery_the_more_steps_back(figures):
    backs = [figures[key].step_backs for key in ("C1", "C2", "C3")]
    assert backs == sorted(backs) and backs[0] < 0.1


def test_one_seed_gives_one_cohort(plan):
    assert list(trial(plan, 5, 3, seed=4)) == list(trial(plan, 5, 3, seed=4))
    assert list(trial(plan, 5, 3, seed=4)) != list(trial(plan, 5, 3, seed=5))


def test_a_patient_is_the_same_in_a_longer_trial(plan):
    short = live(Patient(plan, "C2", 1, 1), 20, keep_days=True)
    long = live(Patient(plan, "C2", 1, 1), 40, keep_days=True)
    assert long.days[:20] == short.days


@pytest.mark.parametrize("key", ["C1", "C3", "C5"])
@pytest.mark.parametrize("habits", [LOYAL, alike(HEAVY, missing_first=0.85, missing_settled=0.9)])
def test_a_written_case_replays_to_the_same_decisions(plan, key, habits):
    patient = Patient(plan, key, 3, 1, habits)
    decided = [decision_to_json(decision) for _, _, decision in patient.live(70)]
    again = live(Patient(plan, key, 3, 1, habits), 70, keep_days=True)
    assert replay(case_of(again, plan.key), plan) == decided


def test_a_life_without_its_days_is_no_case(plan):
    with pytest.raises(ValueError, match="must have kept its days"):
        case_of(live(Patient(plan, "C1", 1, 1), 3), plan.key)


def test_a_broken_promise_is_named():
    calm = Life("C1", 7, {"rest": 1}, notices=((3, "E1"), (9, "E9-2d")), recovered_on=8)
    assert broken_promises([calm]) == []
    assert broken_promises([replace(calm, notices=((8, "E2"),))]) == ["patient 7 of C1 was escalated after recovery"]
    assert broken_promises([replace(calm, key="C5", ran=True)]) == ["patient 7 of C5 ran"]
    assert not escalated_after_recovery(replace(calm, recovered_on=None))


def test_a_median_needs_half_of_the_class():
    reached = [{"low_impact": 9}, {"low_impact": 5}, {}, {"low_impact": 7}]
    lives = [Life("C2", number, days, ()) for number, days in enumerate(reached)]
    assert by_class(lives, DAYS)["C2"].median_day == (None, 7, None)
    assert by_class(lives, 60)["C2"].running_by == (0, None)
