"""Path data from points."""

import pytest

from recovery.web.drawing import paths


@pytest.mark.parametrize(("value", "short"), [(48.0, "48"), (48.04, "48"), (48.06, "48.1"), (-0.04, "0"), (7, "7")])
def test_a_coordinate_has_one_decimal_at_most(value, short):
    assert str(paths.tidy(value)) == short


def test_a_line_joins_its_points_in_order():
    assert paths.polyline([(0, 1.25), (10, 2), (20, 3.5)]) == "M0 1.2L10 2L20 3.5"


def test_a_soft_line_passes_through_every_point():
    points = [(0, 0), (10, 5), (20, 3), (30, 9)]
    ends = [part.rsplit(" ", 2)[-2:] for part in paths.curves(points)]
    assert ends == [["10", "5"], ["20", "3"], ["30", "9"]]


def test_a_soft_line_never_runs_backwards_between_two_points():
    for part, (start, end) in zip(
        paths.curves([(0, 0), (10, 9), (20, 0), (30, 9)]), [(0, 10), (10, 20), (20, 30)], strict=True
    ):
        xs = [float(number) for number in part[1:].split()[::2]]
        assert all(start <= x <= end for x in xs)


def test_an_arrow_head_points_where_the_line_ends():
    barbs = paths.arrow_head((20, 0), (0, 0), 10)
    assert barbs == "M11.4 -5L20 0L11.4 5"
