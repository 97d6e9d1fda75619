"""A dose becomes the parts a timer walks through."""

import pytest

from recovery.web.patient.presenters.parts import Part, parts_of, run_parts
from tests.lives import shipped_document


def kinds(parts):
    return [(part.kind, part.seconds or part.count, part.side) for part in parts]


def test_a_hold_is_done_on_both_sides_before_the_next_set():
    parts = parts_of({"sets": 2, "hold_seconds": 20, "hold_seconds_high": 30}, "both")
    assert kinds(parts) == [("hold", 20, "left"), ("hold", 20, "right")] * 2
    assert [(part.number, part.of) for part in parts] == [(1, 2), (1, 2), (2, 2), (2, 2)]


def test_repeats_without_a_hold_go_at_ones_own_pace():
    assert parts_of({"repeats": 8}, "alternate") == [Part("repeats", count=8)]


def test_repeated_holds_are_one_set_with_a_beat():
    [part] = parts_of({"sets": 1, "repeats": 6, "hold_seconds": 5}, "none")
    assert (part.kind, part.seconds, part.beat, part.rest) == ("beats", 48, 5, 3)


def test_the_second_half_of_an_exercise_follows_the_first():
    parts = parts_of({"sets": 3, "hold_seconds": 30, "then_sets": 1, "then_repeats": 10}, "none")
    assert kinds(parts) == [("hold", 30, "")] * 3 + [("repeats", 10, "")]


@pytest.mark.parametrize(("kind", "dose"), [("heat", {"minutes_usual": 15}), ("cold", {"minutes_low": 10})])
def test_the_skin_is_looked_at_every_five_minutes_of_warmth_or_cold(kind, dose):
    parts = parts_of({**dose, "minutes_most": 20}, "none", kind)
    assert [part.kind for part in parts] == ["minutes", "skin"] * (len(parts) // 2)
    assert {part.seconds for part in parts if part.kind == "minutes"} == {300}


def test_warmth_never_lasts_longer_than_the_plan_allows():
    parts = parts_of({"minutes_usual": 45, "minutes_most": 20}, "none", "heat")
    assert sum(part.seconds for part in parts) == 20 * 60


@pytest.mark.parametrize(
    ("dose", "full", "eased"),
    [
        ({"sets": 3, "repeats": 8}, 24, 16),
        ({"sets": 2, "repeats": 6}, 12, 8),
        ({"hold_seconds": 30}, 30, 20),
        ({"minutes_low": 30}, 1800, 1200),
    ],
)
def test_after_a_session_that_was_too_much_about_a_third_is_left_out(dose, full, eased):
    def amount(parts):
        return sum(part.seconds or part.count for part in parts)

    assert (amount(parts_of(dose, "none")), amount(parts_of(dose, "none", is_eased=True))) == (full, eased)


@pytest.mark.parametrize("level", shipped_document()["run_levels"], ids=lambda level: level["key"])
def test_each_run_level_begins_and_ends_with_a_walk_and_runs_its_minutes(level):
    parts = run_parts(level["sets"])
    assert kinds(parts)[0] == kinds(parts)[-1] == ("walk", 300, "")
    assert sum(part.seconds for part in parts if part.kind == "run") == 60 * level["run_minutes"]
    runs = [part.number for part in parts if part.kind == "run"]
    assert runs == list(range(1, len(runs) + 1))


def test_every_dose_of_the_plan_has_parts_but_habits_and_the_ladder():
    document = shipped_document()
    library = {each["code"]: each for each in document["exercises"]}
    without = {
        row["exercise"]
        for rows in document["prescriptions"].values()
        for row in rows
        if not parts_of(row["dose"], library[row["exercise"]]["sides"], library[row["exercise"]]["kind"])
    }
    assert without == {"EX04", "EX43"}
