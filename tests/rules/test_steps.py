"""Moving on and stepping back: a case on the edge, and the one answer that tips it."""

import pytest

from recovery.rules.replay import replay
from tests.rules.notation import PHASES, case
from tests.rules.vignette_tools import last_day, verdict

EDGES = [
    # rest
    ("pain 5 on day 2", "P1, onset 1", "6/7/6/6 5/6/5/5", "advance", "P2", "advance"),
    ("pain 6 on day 2", "P1, onset 1", "6/7/6/6 6/6/5/5", "hold", "P1", "advance_pain"),
    ("pain 5 already on day 1", "P1, onset 1", "5/7/6/6", "hold", "P1", "minimum_days"),
    ("pain 7 after three full days", "P1, onset 1", "(7/8/7/7)x4", "advance", "P2", "time_box"),
    ("pain 7 after two full days", "P1, onset 1", "(7/8/7/7)x3", "hold", "P1", "advance_pain"),
    ("pain 8 after three full days", "P1, onset 1", "(8/8/7/7)x4", "hold", "P1", "advance_pain"),
    # heat and cold
    ("worst pain 7", "P2, B 6, onset 1", "5/7/5/5 5/7/5/5 5/7/5/5", "advance", "P3", "advance"),
    ("worst pain 8", "P2, B 6, onset 1", "5/7/5/5 5/8/5/5 5/7/5/5", "hold", "P2", "advance_recent"),
    ("function 7", "P2, B 6, onset 1", "5/7/5/5 5/7/5/7 5/7/5/7", "advance", "P3", "advance"),
    ("function 8", "P2, B 6, onset 1", "5/7/5/5 5/7/5/8 5/7/5/7", "hold", "P2", "advance_recent"),
    ("only two days", "P2, B 6, onset 1", "5/7/5/5 5/7/5/5", "hold", "P2", "minimum_days"),
    ("the last two six days apart", "P2, B 6, onset 1", "5/7/5/5 - - - - 5/7/5/5", "hold", "P2", "gap_hold"),
    # gentle stretching
    ("median 3, none above 4", "P3, B 6, onset 1", "3/4/3/3+D1 3/4/3/3+D1 2/4/3/3 4/4/3/3", "advance", "P4", "advance"),
    ("median 4", "P3, B 6, onset 1", "3/4/3/3+D1 4/4/3/3+D1 4/4/3/3 4/4/3/3", "hold", "P3", "advance_median"),
    ("one at 5", "P3, B 6, onset 1", "3/4/3/3+D1 5/5/3/3+D1 3/4/3/3 3/4/3/3", "hold", "P3", "advance_median"),
    ("function 5 today", "P3, B 6, onset 1", "3/4/3/3+D1 3/4/3/3+D1 3/4/3/3 3/4/3/5", "hold", "P3", "advance_median"),
    ("one session only", "P3, B 6, onset 1", "3/4/3/3+D1 3/4/3/3 3/4/3/3 3/4/3/3", "hold", "P3", "advance_sessions"),
    ("no green session", "P3, B 6, onset 1", "(3/4/3/3+D3)x3 3/4/3/3", "hold", "P3", "advance_sessions"),
    ("pain 7 twice", "P3, B 6, onset 1", "3/4/3/3 7/7/3/3 7/7/3/3", "step_back", "P2", "step_back_pain"),
    ("pain 7 with a day missed", "P3, B 6, onset 1", "3/4/3/3 7/7/3/3 - 7/7/3/3", "step_back", "P2", "step_back_pain"),
    ("pain 7 with two days missed", "P3, B 6, onset 1", "3/4/3/3 7/7/3/3 - - 7/7/3/3", "hold", "P3", "gap_hold"),
    ("pain 7, then 6", "P3, B 6, onset 1", "3/4/3/3 7/7/3/3 6/7/3/3", "hold", "P3", "minimum_days"),
    (
        "the second red known on the same day",
        "P3, B 6, onset 1",
        "3/4/1/3+D1 3/4/3/3+D6",
        "hold",
        "P3",
        "red_session",
    ),
    (
        "a second red eleven days later",
        "P3, B 6, onset 1",
        "3/4/3/3+D6 (3/4/3/3)x9 4/4/3/3+D6",
        "hold",
        "P3",
        "red_session",
    ),
    (
        "a second red ten days later",
        "P3, B 6, onset 1",
        "5/5/3/3+D6 (5/5/3/3)x8 5/5/3/3+D6",
        "step_back",
        "P2",
        "step_back_sessions",
    ),
    # low impact
    ("function 7 twice", "P4, B 6, onset 1", "2/3/2/2 2/3/2/7 2/3/2/7", "step_back", "P3", "step_back_function"),
    ("function 7 once", "P4, B 6, onset 1", "2/3/2/2 2/3/2/7 2/3/2/6", "hold", "P4", "minimum_days"),
    ("pain 5 twice", "P4, B 6, onset 1", "2/3/2/2 5/6/2/2 5/6/2/2", "hold", "P4", "minimum_days"),
    # running
    ("pain 4 twice", "P5 R5, B 6, onset -30", "4/4/2/2 4/4/2/2", "step_back", "P4", "step_back_pain"),
    ("pain 6 twice", "P5 R5, B 6, onset -30", "6/6/2/2 6/6/2/2", "step_back", "P3", "step_back_pain"),
    ("pain 5 and 6", "P5 R5, B 6, onset -30", "5/6/2/2 6/6/2/2", "step_back", "P4", "step_back_pain"),
    (
        "function 7 twice while running",
        "P5 R5, B 6, onset -30",
        "2/2/2/7 2/2/2/7",
        "step_back",
        "P4",
        "step_back_function",
    ),
    # prevention
    ("one red run", "P6, B 6, onset -80", "1/1/1/1 1/1/1/1+D5", "hold", "P6", "red_session"),
    ("pain 3 twice in prevention", "P6, B 6, onset -80", "3/3/1/1 3/3/1/1", "hold", "P6", "prevention_check"),
    (
        "three weeks of silence in prevention",
        "P6, B 6, onset -80",
        "1/1/1/1 (-)x20 1/1/1/1",
        "hold",
        "P6",
        "prevention_check",
    ),
]


@pytest.mark.parametrize(
    ("changed", "start", "history", "outcome", "phase", "rule"), EDGES, ids=[row[0] for row in EDGES]
)
def test_a_case_on_the_edge(plan, changed, start, history, outcome, phase, rule):
    found = verdict(last_day(plan, start, history))
    assert (found[0], found[1], found[3]) == (outcome, PHASES[phase], rule)


LADDER = [
    ("two green runs", "P5 R3", "1/2/1/1+D1 1/2/1/1 1/2/1/1+D1 1/2/1/1", "level_up", "R4", "level_up"),
    ("pain 2 today", "P5 R3", "1/2/1/1+D1 1/2/1/1 1/2/1/1+D1 2/2/1/1", "level_up", "R4", "level_up"),
    ("pain 3 today", "P5 R3", "1/2/1/1+D1 1/2/1/1 1/2/1/1+D1 3/3/1/1", "hold", "R3", "level_pain"),
    ("a run today", "P5 R3", "1/2/1/1+D1 1/2/1/1 1/2/1/1+D1 1/2/1/1 1/2/1/1+D1", "hold", "R4", "minimum_days"),
    ("the last level", "P5 R10", "1/2/1/1+D1 1/2/1/1 1/2/1/1+D1 1/2/1/1", "advance", None, "ladder_done"),
    ("red on the first level", "P5 R1", "1/2/1/1 1/2/1/1+D5", "hold", "R1", "red_session"),
    ("red on the second level", "P5 R2", "1/2/1/1 1/2/1/1+D5", "level_down", "R1", "level_down"),
    ("six days of silence", "P5 R6", "1/2/1/1 (-)x5 1/2/1/1", "hold", "R6", "gap_hold"),
    ("seven days of silence", "P5 R6", "1/2/1/1 (-)x6 1/2/1/1", "level_down", "R4", "gap_level_down"),
    ("a week of silence on R2", "P5 R2", "1/2/1/1 (-)x6 1/2/1/1", "level_down", "R1", "gap_level_down"),
    ("a week of silence on R1", "P5 R1", "1/2/1/1 (-)x6 1/2/1/1", "hold", "R1", "gap_hold"),
    ("thirteen days later", "P5 R6", "1/2/1/1 (-)x12 1/2/1/1", "level_down", "R4", "gap_level_down"),
    ("fourteen days later", "P5 R6", "1/2/1/1 (-)x13 1/2/1/1", "reintake", "R6", "reintake"),
    (
        "a red run between",
        "P5 R1",
        "1/2/1/1+D1 1/2/1/1 1/2/1/1+D5 1/2/1/1 1/2/1/1+D1 1/2/1/1",
        "hold",
        "R1",
        "level_sessions",
    ),
]


@pytest.mark.parametrize(
    ("changed", "start", "history", "outcome", "level", "rule"), LADDER, ids=[row[0] for row in LADDER]
)
def test_the_run_ladder(plan, changed, start, history, outcome, level, rule):
    found = verdict(last_day(plan, f"{start}, B 6, onset -30", history))
    assert (found[0], found[2], found[3]) == (outcome, level, rule)


READY = "1/2/1/1+D1w 1/2/1/1 1/2/1/1+D1w 1/2/1/1+D1 1/2/1/1 1/2/1/1+D1 1/2/1/1 1/2/1/1"
GATE = [
    ("everything met", READY, "run_gate_open"),
    (
        "a morning at 3",
        READY.replace("1/2/1/1 1/2/1/1+D1 1/2/1/1 1/2/1/1", "1/2/3/1 1/2/1/1+D1 1/2/1/1 1/2/1/1"),
        "run_gate_settled_pain",
    ),
    ("function 3 today", READY[:-1] + "3", "run_gate_settled_pain"),
    (
        "pain 3 once in the last five",
        READY.replace("1/2/1/1 1/2/1/1+D1 1/2/1/1 1/2/1/1", "3/3/1/1 1/2/1/1+D1 1/2/1/1 1/2/1/1"),
        "run_gate_settled_pain",
    ),
    ("three sessions", READY.replace("+D1 1/2/1/1 1/2/1/1+D1", " 1/2/1/1 1/2/1/1+D1"), "run_gate_sessions"),
    (
        "the last session red",
        "1/2/1/1+D1w 1/2/1/1 1/2/1/1+D1w 1/2/1/1+D1 1/2/1/1 1/2/1/1+D6 1/2/1/1 1/2/1/1",
        "run_gate_sessions",
    ),
    ("one brisk walk", READY.replace("+D1w", "+D1", 1), "run_gate_walks"),
    ("medicine today", READY + "m", "run_gate_unmasked"),
    (
        "medicine three days ago and before",
        READY.replace("1/2/1/1+D1 1/2/1/1 1/2/1/1+D1 ", "1/2/1/1m+D1 1/2/1/1m 1/2/1/1m+D1 "),
        "run_gate_unmasked",
    ),
]


@pytest.mark.parametrize(("changed", "history", "rule"), GATE, ids=[row[0] for row in GATE])
def test_the_run_gate(plan, changed, history, rule):
    day = last_day(plan, "P4, B 6, onset -14", history)
    assert day["rule"] == rule
    assert (day["outcome"] == "advance") == (rule == "run_gate_open")


@pytest.mark.parametrize(
    ("onset", "level"), [(-5, "R3"), (-6, "R3"), (-7, "R2"), (-20, "R2"), (-21, "R1"), (-60, "R1")]
)
def test_the_longer_the_break_the_lower_the_first_level(plan, onset, level):
    day = last_day(plan, f"P4, B 6, onset {onset}", READY, reviews=[{"day": "2026-03-08"}])
    assert (day["outcome"], day["run_level"]) == ("advance", level)


def test_a_tolerant_gate_needs_a_clinicians_decision_and_three_steady_weeks(plan):
    steady = "2/3/2/1+D1w 2/3/2/1 " * 11 + "2/3/2/1 2/3/2/1"
    start, reviewed = "P4, B 6, onset 1", [{"day": "2026-03-01"}]
    assert last_day(plan, start, steady, reviews=reviewed)["rule"] == "run_gate_settled_pain"
    unlocked = {"tolerant_gate_on": "2026-03-01", "reviews": reviewed}
    opened = [day["day"] for day in replay(case(start, steady, **unlocked), plan) if day["outcome"] == "advance"]
    assert opened[0] == "2026-03-18"  # day 18 is the first rest day with four check-ins in each of three weeks


def test_three_days_of_cool_down_follow_a_step_back(plan):
    back = "4/5/3/3+D1 7/7/3/3 7/7/3/3 "
    quiet = "3/3/3/3 "
    assert last_day(plan, "P3, B 6, onset 1", back + quiet)["rule"] == "cool_down"
    assert last_day(plan, "P3, B 6, onset 1", back + quiet * 2)["rule"] == "cool_down"
    assert last_day(plan, "P3, B 6, onset 1", back + quiet * 3)["rule"] == "advance"


def test_the_check_in_that_caused_a_step_back_does_not_count_for_the_next(plan):
    day = last_day(plan, "P5 R3, B 6, onset -30", "1/1/1/1 6/6/2/2 7/7/2/2 7/7/2/2")
    assert (day["outcome"], day["phase"]) == ("hold", "gentle_stretching")
    day = last_day(plan, "P5 R3, B 6, onset -30", "1/1/1/1 6/6/2/2 7/7/2/2 7/7/2/2 7/7/2/2")
    assert (day["outcome"], day["phase"]) == ("step_back", "heat_cold")


def test_the_day_of_entry_is_day_one(plan):
    # rest is left on day 2, which is day 1 of heat and cold; its two full days end on day 4
    history = "6/7/6/6 5/6/5/5 4/6/4/4 4/6/4/4"
    assert last_day(plan, "P1, onset 1", history)["phase"] == "gentle_stretching"
    assert last_day(plan, "P1, onset 1", history[: history.rindex(" ")])["rule"] == "minimum_days"
