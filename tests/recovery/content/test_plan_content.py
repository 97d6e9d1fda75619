"""The exercises of the shipped plan and what each phase prescribes of them."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from recovery.rules.facts import PHASES

CONTENT = Path(__file__).parents[3] / "recovery" / "content"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIELDS = {
    "code", "name", "kind", "how", "progress", "regress", "cues", "stops", "cautions", "equipment", "sides", "source",
}  # fmt: skip
DOSE_WORDS = {
    "sets", "sets_high", "repeats", "repeats_high", "hold_seconds", "hold_seconds_high", "work_seconds",
    "metres", "metres_high", "then_sets", "then_repeats", "then_repeats_high",
    "minutes_low", "minutes_high", "minutes_usual", "minutes_most",
    "times_per_day_low", "times_per_day_high", "days_per_week", "days_per_week_high", "gap_minutes", "every_minutes",
    "effort_low", "effort_high", "exercises_low", "exercises_high", "average_at_most", "from_phase_day",
    "optional", "one_of", "ladder", "parts", "note",
}  # fmt: skip
RUNNING = {"EX41", "EX42", "EX43", "EX44", "EX48"}
BEFORE_RUNNING = PHASES[:4]
ONE_SIDED = {
    "EX09", "EX10", "EX11", "EX14", "EX15", "EX16", "EX17", "EX18", "EX19", "EX20", "EX21", "EX26", "EX27", "EX28",
    "EX29", "EX30", "EX31", "EX36", "EX37", "EX38", "EX39", "EX41", "EX42", "EX45", "EX46", "EX47",
}  # fmt: skip
BOTH_DIRECTIONS = {"EX07", "EX23", "EX24", "EX43"}


@cache
def plan():
    return yaml.safe_load((CONTENT / "plans" / "lower-back-running.yaml").read_text(encoding="utf-8"))


def exercises():
    return {row["code"]: row for row in plan()["exercises"]}


def prescribed():
    return [(phase, row) for phase, rows in plan()["prescriptions"].items() for row in rows]


def dose(phase, code):
    return next(row["dose"] for row in plan()["prescriptions"][phase] if row["exercise"] == code)


def codes(phase):
    return {row["exercise"] for row in plan()["prescriptions"][phase]}


def days_of(row):
    return WEEK if row["days"] == "daily" else tuple(row["days"])


each_exercise = pytest.mark.parametrize("row", plan()["exercises"], ids=lambda row: row["code"])
each_dose = pytest.mark.parametrize(
    ("phase", "row"), prescribed(), ids=[f"{phase}-{row['exercise']}" for phase, row in prescribed()]
)


def test_the_library_holds_the_forty_nine_exercises_once_each():
    assert sorted(row["code"] for row in plan()["exercises"]) == [f"EX{number:02}" for number in range(1, 50)]


def test_every_phase_prescribes_and_every_exercise_is_prescribed():
    assert tuple(plan()["prescriptions"]) == PHASES
    assert set().union(*map(codes, PHASES)) == set(exercises())


@each_exercise
def test_an_exercise_says_everything_a_patient_needs(row):
    assert set(row) == FIELDS
    assert all(row[word] for word in ("name", "kind", "how", "progress", "regress", "cues", "source"))
    assert 2 <= len(re.findall(r"[.?](\s|$)", row["how"])) <= 5


@each_exercise
def test_instructions_are_short_sentences_without_alarm(row):
    sentences = re.split(r"(?<=[.?])\s+", row["how"])
    assert max(len(sentence.split()) for sentence in sentences) <= 20
    assert not re.search(r"!|—|wear and tear|heal|cure", " ".join([row["how"], *row["cues"]]), re.IGNORECASE)


@each_exercise
def test_the_codes_an_exercise_names_have_texts(row):
    assert set(row["stops"]) <= set(plan()["stop_codes"]) - {"S1", "S2", "S3", "S4"}
    assert set(row["cautions"]) <= set(plan()["caution_codes"])
    assert set(row["source"].split(", ")) <= {*plan()["sources"], "design"}


def test_stop_and_caution_codes_are_complete():
    assert list(plan()["stop_codes"]) == [f"S{number}" for number in range(1, 6)]
    assert list(plan()["caution_codes"]) == [f"X{number}" for number in range(1, 11)]


@each_exercise
def test_exercises_with_a_left_and_a_right_serve_both(row):
    assert (row["sides"] != "none") == (row["code"] in ONE_SIDED | BOTH_DIRECTIONS)


@each_dose
def test_a_prescription_names_a_known_exercise_known_days_and_known_words(phase, row):
    assert set(row) == {"exercise", "focus", "days", "dose"}
    assert row["exercise"] in exercises()
    assert days_of(row) and set(days_of(row)) <= set(WEEK) and len(set(days_of(row))) == len(days_of(row))
    assert row["dose"] and set(row["dose"]) <= DOSE_WORDS
    assert set(row["dose"].get("parts", [])) <= set(exercises())


@each_dose
def test_a_range_runs_upwards(phase, row):
    amounts = row["dose"]
    for word in [word for word in amounts if word.endswith("_high")]:
        stem = word.removesuffix("_high")
        low = amounts.get(f"{stem}_low", amounts.get(stem))
        assert low is not None and 0 < low <= amounts[word]


@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_prescribes_an_exercise_once(phase):
    assert len(codes(phase)) == len(plan()["prescriptions"][phase])


@pytest.mark.parametrize("phase", BEFORE_RUNNING)
def test_nothing_of_running_comes_before_the_return_to_running(phase):
    kinds = {exercises()[code]["kind"] for code in codes(phase)}
    assert not codes(phase) & RUNNING
    assert not kinds & {"running", "skill", "warm_up"}


@pytest.mark.parametrize("phase", PHASES)
def test_every_day_of_every_phase_has_something_to_do(phase):
    must = [row for row in plan()["prescriptions"][phase] if not row["dose"].get("optional")]
    assert {day for row in must for day in days_of(row)} == set(WEEK)


@pytest.mark.parametrize("phase", PHASES)
def test_cold_ends_by_twenty_minutes_and_rests_two_hours(phase):
    cold = dose(phase, "EX06")
    assert cold["minutes_high"] == 15 and cold["minutes_most"] == 20 and cold["gap_minutes"] >= 120


@pytest.mark.parametrize("phase", PHASES)
def test_warmth_ends_by_twenty_minutes_three_times_a_day_an_hour_apart(phase):
    warm = dose(phase, "EX05")
    assert (warm["minutes_low"], warm["minutes_usual"], warm["minutes_high"], warm["minutes_most"]) == (10, 15, 20, 20)
    assert warm["times_per_day_high"] == 3 and warm["gap_minutes"] == 60


@pytest.mark.parametrize("code", ["EX05", "EX06"])
def test_heat_and_cold_carry_their_skin_warning(code):
    assert "S5" in exercises()[code]["stops"] and "X6" in exercises()[code]["cautions"]


@pytest.mark.parametrize(
    ("phase", "minutes", "times"),
    [("rest", (5, 5), (3, 6)), ("heat_cold", (10, 10), (2, 3)), ("gentle_stretching", (15, 20), (1, 1))],
)
def test_short_walks_grow_from_phase_to_phase(phase, minutes, times):
    walk = dose(phase, "EX02")
    assert (walk["minutes_low"], walk["minutes_high"]) == minutes
    assert (walk["times_per_day_low"], walk["times_per_day_high"]) == times


def test_lying_with_the_legs_up_is_never_long():
    assert dose("rest", "EX01")["minutes_most"] == 20


@pytest.mark.parametrize("phase", PHASES)
def test_hops_need_low_pain_and_come_no_earlier_than_low_impact(phase):
    if "EX45" in codes(phase):
        assert PHASES.index(phase) >= 3
        assert dose(phase, "EX45")["average_at_most"] == 1


def test_hops_wait_for_the_later_days_of_low_impact():
    assert dose("low_impact", "EX45")["from_phase_day"] >= 5


def test_runs_have_a_run_free_day_between():
    days = [WEEK.index(day) for day in next(days_of(row) for phase, row in prescribed() if row["exercise"] == "EX43")]
    assert all(later - earlier >= 2 for earlier, later in zip(days, days[1:], strict=False))
    assert days[0] + 7 - days[-1] >= 2


def test_hills_and_speed_wait_three_weeks():
    assert dose("prevention", "EX48")["from_phase_day"] == 22


def test_stretching_follows_every_run():
    for phase in PHASES[4:]:
        rows = {row["exercise"]: days_of(row) for row in plan()["prescriptions"][phase]}
        assert rows["EX41"] == rows["EX42"]
    assert dose("return_to_running", "EX41")["parts"] == ["EX14", "EX15", "EX16", "EX17", "EX18"]


def test_gentle_stretching_asks_for_one_mobiliser_and_four_stretches_a_day():
    rows = [row for row in plan()["prescriptions"]["gentle_stretching"] if row["focus"]]
    for day in WEEK[:6]:
        assert len([row for row in rows if day in days_of(row)]) == 5
    assert not [row for row in rows if "sun" in days_of(row)]


@pytest.mark.parametrize("phase", PHASES[2:5])
def test_each_stretch_comes_at_least_twice_a_week(phase):
    rows = [row for row in plan()["prescriptions"][phase] if exercises()[row["exercise"]]["kind"] == "stretch"]
    assert rows and all(len(days_of(row)) >= 2 for row in rows)


@pytest.mark.parametrize("phase", PHASES[3:5])
def test_strength_days_do_not_follow_each_other(phase):
    strength = next(days_of(row) for row in plan()["prescriptions"][phase] if row["exercise"] == "EX34")
    first, second = (WEEK.index(day) for day in strength)
    assert len(strength) == 2 and second - first >= 2
