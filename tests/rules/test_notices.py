"""Notices: a quiet course, and what calls for another pair of eyes."""

import pytest

from recovery.rules.case_reading import read_case
from recovery.rules.replay import fold_case, replay
from tests.rules.notation import axis, case
from tests.rules.vignette_tools import last_day, on, raised

P3 = "P3, B 6, onset {onset}"

CLOCKS = [
    # changed, onset (day 3 is the last), average, notices
    ("day 13", -10, 5, []),
    ("day 14, hardly better", -11, 5, ["E1"]),
    ("day 14, pain 3", -11, 3, []),
    ("day 14, a third better", -11, 4, []),
    ("day 27, hardly better", -24, 5, ["E1"]),
    ("day 28, pain 5", -25, 5, ["E1", "E2"]),
    ("day 28, pain 3", -25, 3, ["E2"]),
    ("day 28, pain 2 and far better", -25, 2, []),
    ("day 42, pain 2 and far better", -39, 2, ["E3"]),
    ("day 42, pain 1", -39, 1, []),
    ("day 42, pain 3", -39, 3, ["E2", "E3"]),
    ("day 84, pain 2 and far better", -81, 2, ["E3", "E4"]),
    ("day 84, pain 5", -81, 5, ["E2", "E3", "E4"]),
]


@pytest.mark.parametrize(("changed", "onset", "average", "notices"), CLOCKS, ids=[row[0] for row in CLOCKS])
def test_slow_recovery_is_noticed_by_the_calendar(plan, changed, onset, average, notices):
    day = f"{average}/{average}/2/2"
    found = raised(plan, f"P3, B 6, onset {onset}", f"{day} {day} {day}")
    assert found == [code for code in notices if code != "E1" or "E2" not in notices]


def test_a_gain_of_exactly_the_share_that_counts_is_enough(plan):
    assert "E1" not in raised(plan, "P3, B 10, onset -11", "(7/7/2/2)x3")
    assert "E1" in raised(plan, "P3, B 10, onset -11", "7/7/2/2 (8/8/2/2)x2")


def test_pain_two_that_hardly_improved_is_noticed_at_four_weeks(plan):
    assert raised(plan, "P3, B 2, onset -25", "(2/2/2/2)x3") == ["E2"]


def test_three_check_ins_are_needed(plan):
    assert raised(plan, "P3, B 6, onset -60", "5/5/2/2 5/5/2/2") == []


def test_the_clocks_rest_while_recovered(plan):
    assert raised(plan, "P4, B 6, onset -60", "(1/1/1/1)x5 2/2/1/1 2/2/1/1 2/2/1/1 2/2/1/1") == []


def test_pain_that_comes_back_starts_a_new_episode(plan):
    found = replay(case("P5 R3, B 6, onset -60", "1/1/1/1 3/3/1/1 3/3/1/1 3/3/1/1"), plan)
    assert "new_episode" in {item["rule"] for item in found[2]["findings"]}
    assert [notice for day in found for notice in day["notices"]] == []


def test_a_first_episode_from_fifty_on_halves_the_clocks(plan):
    late = case("P3, B 6, onset -11", "(5/5/2/2)x3")
    late["intake"] |= {"age": 50, "first_episode": True}
    found = replay(late, plan)
    assert [day["notices"] for day in found] == [["CA3"], [], ["E2"]]
    assert found[-1]["rule"] == "caution"
    late["intake"]["age"] = 49
    assert [day["notices"] for day in replay(late, plan)] == [[], [], ["E1"]]


def test_six_weeks_are_urgent_when_nobody_looked_after_four(plan):
    def priority(**changes):
        found = last_day(plan, "P3, B 6, onset -38", "(3/3/2/2)x4", **changes)
        return next(item["figures"]["priority"] for item in found["findings"] if item["rule"] == "E3")

    assert priority() is True
    assert priority(reviews=on(3)) is False


def test_the_run_gate_stays_shut_after_six_weeks_until_a_review(plan):
    ready = "2/2/1/1 2/2/1/1 2/2/1/1 1/2/1/1+D1w 1/2/1/1+D1w 1/2/1/1+D1 1/2/1/1+D1 1/2/1/1"
    start = "P4, B 6, onset -39"
    assert last_day(plan, start, ready)["rule"] == "run_gate_review"
    assert last_day(plan, start, ready, reviews=on(2))["rule"] == "run_gate_review"
    assert last_day(plan, start, ready, reviews=on(3))["rule"] == "run_gate_open"


def test_twelve_weeks_hold_the_plan_until_a_review(plan):
    weeks = "(2/2/2/2+D1)x5"
    assert last_day(plan, "P3, B 6, onset -82", weeks)["rule"] == "caution"
    found = replay(case("P3, B 6, onset -82", weeks, reviews=on(4)), plan)
    assert [day["rule"] for day in found] == ["minimum_days", "minimum_days", "caution", "advance", "minimum_days"]


@pytest.mark.parametrize(
    ("changed", "history", "notices"),
    [
        ("two points above the baseline three times", "2/2/2/2 2/2/2/2 2/2/2/2 5/5/2/2 5/5/2/2 5/5/2/2", ["E5"]),
        ("only twice", "2/2/2/2 2/2/2/2 2/2/2/2 2/2/2/2 5/5/2/2 5/5/2/2", []),
        ("only five check-ins", "2/2/2/2 2/2/2/2 5/5/2/2 5/5/2/2 5/5/2/2", []),
        ("spread over more than six days", "(2/2/2/2)x3 5/5/2/2 - - 5/5/2/2 - - 5/5/2/2", []),
    ],
)
def test_getting_worse_is_noticed(plan, changed, history, notices):
    assert [code for code in raised(plan, "P3, B 3, onset 1", history) if code == "E5"] == notices


def test_the_weekly_rise_is_looked_at_once_a_week(plan):
    text = "(2/2/2/2)x7 (5/5/2/2)x8"
    found = replay(case("P3, B 6, onset 1", text), plan)
    assert [day["day"] for day in found if "E5" in day["notices"]] == [axis(15).isoformat()]


@pytest.mark.parametrize(
    ("phase", "score", "first"),
    [("P2", 6, 8), ("P3", 4, 15), ("P4", 2, 29), ("P5 R3", 2, 71)],
)
def test_a_plateau_is_noticed_once(plan, phase, score, first):
    history = f"({score}/{score}/1/1)x{first + 5}"
    found = replay(case(f"{phase}, B 6, onset 1", history), plan)
    assert [day["day"] for day in found if "E6" in day["notices"]] == [axis(first).isoformat()]


def test_a_plateau_soon_after_a_slow_recovery_notice_is_logged_and_withheld(plan):
    days = read_case(case("P3, B 6, onset -3", "(5/5/2/2)x16"))
    found = [decision for _, decision in fold_case(days, plan) if "E6" in decision.notices]
    assert [(decision.day, decision.withheld) for decision in found] == [(axis(15), ("E6",))]
    days = read_case(case("P2, B 6, onset 1", "(6/6/2/2)x9"))
    found = [decision for _, decision in fold_case(days, plan) if "E6" in decision.notices]
    assert [decision.withheld for decision in found] == [()]


@pytest.mark.parametrize(
    ("changed", "history", "notices"),
    [
        ("pain 8 twice", "3/3/3/3 8/8/3/3 8/8/3/3", ["E7"]),
        ("with a day missed", "3/3/3/3 8/8/3/3 - 9/9/3/3", ["E9-soft", "E7"]),
        ("with two days missed", "3/3/3/3 8/8/3/3 - - 9/9/3/3", ["E9-soft", "E9-2d"]),
        ("8 and 7", "3/3/3/3 8/8/3/3 7/7/3/3", []),
    ],
)
def test_severe_pain_twice_is_noticed(plan, changed, history, notices):
    assert raised(plan, "P1, B 6, onset 1", history) == notices


FLARE = "1/1/1/1 4/4/1/1 4/4/1/1"


def test_a_second_flare_out_of_running_is_noticed(plan):
    again = [{"day": axis(4).isoformat(), "phase": "return_to_running", "run_level": "R1", "until": "2026-05-01"}]
    text = f"{FLARE} {FLARE}"
    assert "E8" in raised(plan, "P5 R3, B 6, onset -30", text, overrides=again)
    assert "E8" not in raised(plan, "P5 R3, B 6, onset -30", FLARE)


def test_a_flare_that_does_not_settle_is_noticed_after_two_weeks(plan):
    found = replay(case("P5 R3, B 6, onset -30", FLARE + " (2/2/1/1)x14"), plan)
    assert [day["day"] for day in found if "E8" in day["notices"]] == [axis(17).isoformat()]
    assert "E8" not in raised(plan, "P5 R3, B 6, onset -30", FLARE + " (1/1/1/1)x14")


NIGHT = "2/2/2/2n"


@pytest.mark.parametrize(
    ("changed", "start", "history", "rule"),
    [
        ("three nights", "P3", f"{NIGHT} {NIGHT} {NIGHT}", "caution"),
        ("two nights", "P3", f"{NIGHT} {NIGHT} 2/2/2/2", "minimum_days"),
        ("three nights in eight days", "P3", f"{NIGHT} {NIGHT} (2/2/2/2)x5 {NIGHT}", "advance_sessions"),
        ("three nights in heat and cold", "P2", "6/6/2/2n 6/6/2/2n 6/6/2/2n", "advance_recent"),
        ("then four quiet ones", "P3", f"{NIGHT} {NIGHT} {NIGHT} (2/2/2/2)x4", "caution"),
        ("then five quiet ones", "P3", f"{NIGHT} {NIGHT} {NIGHT} (2/2/2/2)x5", "advance_sessions"),
    ],
)
def test_broken_nights_hold_the_plan(plan, changed, start, history, rule):
    assert last_day(plan, f"{start}, B 6, onset 1", history)["rule"] == rule


def test_a_review_closes_the_caution_and_only_new_nights_open_it_again(plan):
    nights = f"{NIGHT} {NIGHT} {NIGHT} "
    reviewed = {"reviews": on(4)}
    assert last_day(plan, "P3, B 6, onset 1", nights + NIGHT, **reviewed)["rule"] != "caution"
    assert last_day(plan, "P3, B 6, onset 1", f"{nights}{NIGHT} {nights}", **reviewed)["rule"] == "caution"
    assert raised(plan, "P3, B 6, onset 1", f"{nights}{NIGHT} {nights}", **reviewed) == ["E10"]


@pytest.mark.parametrize("code", ["CA1", "CA2", "CA4", "CA5"])
def test_a_ticked_caution_is_noticed_once_and_holds_until_a_review(plan, code):
    text = f"3/3/3/3!{code} 3/3/3/3!{code} 3/3/3/3"
    assert raised(plan, "P3, B 6, onset 1", text) == [code]
    assert last_day(plan, "P3, B 6, onset 1", text)["rule"] == "caution"
    assert last_day(plan, "P3, B 6, onset 1", text, reviews=on(3))["rule"] == "minimum_days"


def test_cautions_of_the_intake_are_noticed_on_the_first_day_even_in_silence(plan):
    found = case("P3, B 6, onset 1", "- 3/3/3/3")
    found["intake"]["cautions"] = ["CA5"]
    assert [day["notices"] for day in replay(found, plan)] == [["CA5"], []]


def test_medicine_on_most_days_is_noticed(plan):
    assert raised(plan, "P2, B 9, onset 1", "(6/6/6/6m)x9 (6/6/6/6)x5") == ["E6"]
    assert "E11" in raised(plan, "P2, B 9, onset 1", "(6/6/6/6m)x9 (6/6/6/6)x4 6/6/6/6m")


def weekly(values: dict[int, dict], length: int = 10) -> dict:
    """Quiet days with some confidence or mood answers."""
    found = case("P3, B 6, onset 1", f"(3/3/3/3)x{length}")
    for number, answers in values.items():
        found["check_ins"][number - 1] |= answers
    return found


@pytest.mark.parametrize(
    ("changed", "answers", "notices"),
    [
        ("confidence 3 in two weeks", {1: {"confidence": 3}, 8: {"confidence": 3}}, ["E12"]),
        ("confidence 3, then 4", {1: {"confidence": 3}, 8: {"confidence": 4}}, []),
        ("mood 2 in two weeks", {1: {"mood": 2}, 8: {"mood": 0}}, ["E12"]),
        ("mood 3 in two weeks", {1: {"mood": 3}, 8: {"mood": 3}}, []),
        ("low on two days of one week", {1: {"confidence": 1}, 4: {"confidence": 1}}, []),
        ("low confidence and low mood once each", {1: {"confidence": 1}, 8: {"mood": 1}}, []),
    ],
)
def test_low_spirits_in_two_weekly_answers_are_noticed(plan, changed, answers, notices):
    assert [notice for day in replay(weekly(answers), plan) for notice in day["notices"]] == notices


def test_silence_starts_again_with_each_check_in(plan):
    assert raised(plan, "P3, B 6, onset 1", "3/3/3/3 - - 3/3/3/3 - -") == ["E9-2d", "E9-2d"]


def test_nobody_is_asked_to_check_in_while_stopped(plan):
    assert raised(plan, "P3, B 6, onset 1", "3/3/3/3!RF11 (-)x20") == []


def test_silence_before_the_first_check_in_counts_from_the_first_day(plan):
    found = replay(case("P3, B 6, onset 1", "(-)x15 3/3/3/3"), plan)
    assert {day["day"]: day["notices"] for day in found if day["notices"]} == {
        axis(3).isoformat(): ["E9-2d"],
        axis(5).isoformat(): ["E9-4d"],
        axis(8).isoformat(): ["E9-7d"],
        axis(15).isoformat(): ["E9-14d"],
    }
    assert found[-1]["outcome"] == "reintake"


def test_a_flare_in_prevention_asks_daily_for_a_week(plan):
    quiet = raised(plan, "P6, B 6, onset -80", "1/1/1/1 (-)x8")
    flare = raised(plan, "P6, B 6, onset -80", "3/3/1/1 (-)x8")
    assert (quiet, flare) == (["E9-2d"], ["E9-2d", "E9-4d", "E9-7d"])
