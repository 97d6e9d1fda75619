"""The road back seen from the side."""

import pytest

from recovery.web.drawing.trail import GROUND, WAYPOINTS, draw_trail


def states(trail):
    return [stone.state for stone in trail.stones]


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (1, ["here", "ahead", "ahead", "ahead", "ahead"]),
        (4, ["done", "done", "done", "here", "ahead"]),
        (5, ["done", "done", "done", "done", "here"]),
        (6, ["done", "done", "done", "done", "done"]),
    ],
)
def test_waypoints_are_done_up_to_where_the_person_is(phase, expected):
    assert states(draw_trail(phase)) == expected


def test_waypoints_lie_on_the_ground():
    assert set(WAYPOINTS) <= set(GROUND)


@pytest.mark.parametrize("phase", range(1, 6))
def test_the_walked_part_ends_at_the_persons_waypoint(phase):
    x, y = WAYPOINTS[phase - 1]
    assert draw_trail(phase).walked.endswith(f" {x} {y}")


def test_the_walked_part_follows_the_road_ahead_exactly():
    trail = draw_trail(3)
    assert trail.ahead.startswith(trail.walked)


def test_in_prevention_the_whole_road_is_walked():
    trail = draw_trail(6)
    assert trail.walked == trail.ahead


@pytest.mark.parametrize("phase", [-3, 0, 7, 99])
def test_a_phase_off_the_road_is_drawn_at_its_nearest_end(phase):
    assert draw_trail(phase).here == (1 if phase < 1 else 6)


def test_moving_on_draws_an_arc_with_an_arrow_to_the_next_waypoint():
    trail = draw_trail(3, "advance")
    assert trail.stones[3].state == "to"
    assert trail.move.head and not trail.move.dashed


def test_a_step_back_draws_a_dashed_arc_and_the_walked_road_stays():
    trail = draw_trail(4, "step_back")
    assert trail.to == 3
    assert trail.move.dashed and trail.move.head
    assert trail.walked == draw_trail(4).walked


def test_a_step_back_of_two_lands_where_the_decision_says():
    assert draw_trail(5, "step_back", to_index=3).to == 3


def test_staying_draws_two_bars_and_no_arrow():
    move = draw_trail(2, "hold").move
    assert move.line.count("M") == 2 and move.head == ""


@pytest.mark.parametrize("outcome", [None, "stop", "stopped", "no_check_in", "reintake"])
def test_other_outcomes_draw_no_move(outcome):
    assert draw_trail(4, outcome).move is None


def test_there_is_no_step_back_from_the_first_waypoint():
    trail = draw_trail(1, "step_back")
    assert trail.to is None and trail.move is None


def test_moving_on_to_prevention_leaves_the_flag_standing():
    trail = draw_trail(5, "advance")
    assert trail.flag and trail.to == 6 and trail.move is None


@pytest.mark.parametrize(("phase", "outcome"), [(4, "advance"), (5, "hold"), (5, "level_up"), (5, "level_down")])
def test_the_flag_makes_room_for_a_move_drawn_in_its_place(phase, outcome):
    assert not draw_trail(phase, outcome).flag
