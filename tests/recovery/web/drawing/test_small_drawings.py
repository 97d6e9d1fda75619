"""Spark, pebbles, road and terrain."""

import pytest

from recovery.web.drawing.pebbles import draw_pebbles
from recovery.web.drawing.road import draw_road
from recovery.web.drawing.session_strip import draw_session_strip
from recovery.web.drawing.spark import draw_spark
from recovery.web.drawing.terrain import WIDTH, draw_terrain

PHASES = [{"title": name, "text": ""} for name in ("one", "two", "three", "four", "five")]


def test_a_spark_ends_at_the_latest_answer():
    spark = draw_spark([5, 4, 3])
    assert spark.now == 3 and spark.last[0] == 115 and spark.quiet == ""


def test_a_spark_is_higher_for_more_pain():
    assert draw_spark([8]).last[1] < draw_spark([2]).last[1]


def test_silence_since_the_last_answer_is_dotted():
    spark = draw_spark([5, 4] + [None] * 6)
    assert spark.now == 4 and spark.quiet.startswith("M")


def test_a_missed_day_parts_the_spark():
    assert len(draw_spark([5, 4, None, 3, 2]).runs) == 2


def test_a_single_answer_between_silences_is_a_dot():
    spark = draw_spark([5, None, 4, None, 3, 3])
    assert len(spark.dots) == 2


def test_a_spark_without_answers_is_silence_from_end_to_end():
    spark = draw_spark([None] * 28)
    assert (spark.runs, spark.last, spark.now) == ((), None, None) and spark.quiet


def test_the_dotted_line_never_runs_backwards():
    assert draw_spark([3] * 27 + [None]).quiet == ""


@pytest.mark.parametrize("phase", range(1, 6))
def test_pebbles_are_on_up_to_the_persons_phase(phase):
    stones = draw_pebbles(phase).stones
    assert sum(stone.on for stone in stones) == phase
    assert max(stones, key=lambda stone: stone.r) == stones[phase - 1]


def test_in_prevention_all_five_pebbles_are_on():
    assert all(stone.on for stone in draw_pebbles(6).stones)


def test_the_road_has_its_goal_at_the_top():
    assert [step.title for step in draw_road(PHASES, 2)] == ["five", "four", "three", "two", "one"]


def test_the_road_is_walked_below_the_person_and_open_above():
    steps = draw_road(PHASES, 3)
    assert [step.state for step in steps] == ["ahead", "ahead", "here", "done", "done"]
    assert [step.walked for step in steps] == [False, False, True, True, False]


def test_the_road_begins_at_the_first_phase():
    assert draw_road(PHASES, 1)[-1].path == ""


def test_a_session_walks_before_between_and_after_the_runs():
    terrain = draw_terrain([{"walk_minutes": 4, "run_minutes": 1, "repeats": 6}])
    assert (terrain.minutes, terrain.run_minutes) == (40, 6)
    assert terrain.stretches[0].kind == terrain.stretches[-1].kind == "walk"


def test_a_run_without_breaks_has_one_high_stretch():
    terrain = draw_terrain([{"walk_minutes": 0, "run_minutes": 30, "repeats": 1}])
    assert [part.kind for part in terrain.stretches] == ["walk", "run", "walk"]


def test_a_session_fills_the_width():
    last = draw_terrain([{"walk_minutes": 2, "run_minutes": 4, "repeats": 5}]).stretches[-1]
    assert last.x + last.width == pytest.approx(WIDTH, abs=1)


def test_weeks_of_sessions_stand_apart_from_the_newest_day_on():
    xs = [cell.x for cell in draw_session_strip(["done"] * 9).cells]
    steps = [later - earlier for earlier, later in zip(xs, xs[1:], strict=False)]
    assert [place for place, step in enumerate(steps, 1) if step > min(steps)] == [2]


def test_every_state_of_a_session_keeps_its_place():
    states = ["done", None, "not_told", "skipped"]
    assert [cell.state for cell in draw_session_strip(states).cells] == ["done", "", "not_told", "skipped"]
