"""The pain chart."""

import re
from datetime import date, timedelta

import pytest

from recovery.web.drawing.chart import ChartDay, draw_chart
from recovery.web.drawing.chart_frame import PHONE, WORK

START = date(2026, 3, 1)


def days(averages, **more):
    """Consecutive days with these averages; lists in `more` give the other fields day by day."""
    return [
        ChartDay(START + timedelta(days=i), average, **{field: values[i] for field, values in more.items()})
        for i, average in enumerate(averages)
    ]


def test_ten_is_at_the_top_and_zero_at_the_bottom():
    assert (PHONE.y(10), PHONE.y(0)) == (PHONE.top, PHONE.bottom)


def test_days_stand_in_the_middle_of_their_share_of_the_width():
    assert WORK.x(0, 2) == WORK.left + (WORK.right - WORK.left) / 4


def test_neighbouring_days_make_one_line():
    chart = draw_chart(days([4, 3, 2]))
    assert len(chart.runs) == 1 and not chart.gaps


def test_a_missed_day_breaks_the_line_with_a_dashed_link():
    chart = draw_chart(days([4, 3, None, 2, 2]))
    assert len(chart.runs) == 2 and len(chart.gaps) == 1


def test_each_missed_day_has_a_tick_but_the_last_may_still_be_answered():
    chart = draw_chart(days([4, None, 2, None]))
    assert chart.missing == f"M{PHONE.x(1, 4)} {PHONE.bottom}v-6"


def test_nothing_is_drawn_where_nobody_answered():
    chart = draw_chart(days([4, None, None, 2]))
    assert chart.runs == ()
    drawn = {x for x, _ in chart.dots} | {chart.last[0]}
    assert drawn == {PHONE.x(0, 4), PHONE.x(3, 4)}


def test_the_latest_answer_is_marked_even_when_silence_follows():
    chart = draw_chart(days([4, 3, None, None]))
    assert chart.last == (PHONE.x(1, 4), PHONE.y(3))


def test_a_time_without_answers_still_has_phases_and_dates():
    chart = draw_chart(days([None] * 8))
    assert chart.last is None and not chart.runs
    assert chart.bands and chart.dates


def test_no_days_draw_an_empty_frame():
    chart = draw_chart([])
    assert (chart.bands, chart.runs, chart.dates, chart.ground) == ((), (), (), "")


def test_each_stay_in_a_phase_is_a_band_and_together_they_fill_the_width():
    chart = draw_chart(days([3] * 6, phase_index=[1, 1, 2, 2, 1, 3]))
    assert [band.phase_index for band in chart.bands] == [1, 2, 1, 3]
    assert sum(band.width for band in chart.bands) == pytest.approx(PHONE.right - PHONE.left, abs=0.5)


def test_the_ground_is_higher_in_a_later_phase():
    heights = [PHONE.ground_y(phase) for phase in range(1, 7)]
    assert heights == sorted(heights, reverse=True)


def test_the_ground_ends_at_the_right_edge_and_is_closed_at_the_floor():
    chart = draw_chart(days([3] * 4, phase_index=[1, 1, 2, 2]))
    assert chart.ground_edge.endswith(f"H{PHONE.right}")
    assert chart.ground.endswith(f"V{PHONE.floor}H{PHONE.left}Z")


def test_a_whisker_reaches_from_the_average_to_the_worst():
    chart = draw_chart(days([3, 3], worst=[7, 3]))
    assert len(chart.whiskers) == 1
    assert chart.whiskers[0].startswith(f"M{PHONE.x(0, 2)} {PHONE.y(3)}V{PHONE.y(7)}")


def test_whiskers_and_dots_give_way_when_the_days_are_narrow():
    chart = draw_chart(days([3, 4] * 60, worst=[6] * 120))
    assert chart.whiskers == () and chart.dots == ()


def test_moves_are_marked_and_ordinary_stays_are_not():
    outcomes = ["hold", "advance", "hold", "step_back", "no_check_in", "stop"]
    chart = draw_chart(days([3] * 6, outcome=outcomes))
    assert [mark.kind for mark in chart.marks] == ["advance", "back", "stop"]


def test_a_clinicians_change_is_marked_as_theirs():
    chart = draw_chart(days([3, 3], outcome=["hold", "advance"], overridden=[True, True]))
    assert [mark.kind for mark in chart.marks] == ["body", "body"]


def test_every_mark_has_a_shape_of_its_own():
    chart = draw_chart(days([3] * 4, outcome=["advance", "step_back", "stop", "reintake"]))
    assert len({mark.glyph for mark in chart.marks}) == 4


def test_marks_shrink_when_many_days_share_the_width():
    few = draw_chart(days([3] * 10, outcome=["advance"] * 10)).marks[0].scale
    many = draw_chart(days([3] * 90, outcome=["advance"] * 90)).marks[0].scale
    assert many < few


def test_mornings_and_sessions_are_rows_of_the_work_drawing_only():
    given = days([3, 3, 3], morning=[2, None, 0], session=["done", None, "skipped"])
    assert draw_chart(given).mornings == draw_chart(given).cells == ()
    work = draw_chart(given, "work")
    assert len(work.mornings) == 2
    assert [cell.state for cell in work.cells] == ["done", "skipped"]


@pytest.mark.parametrize("variant", ["phone", "work"])
@pytest.mark.parametrize("length", [1, 7, 30, 95, 400])
def test_dates_are_whole_weeks_apart_and_stay_inside(variant, length):
    chart = draw_chart(days([3] * length), variant)
    places = [(label.day - START).days for label in chart.dates]
    assert places[0] == 0 and all(place % 7 == 0 for place in places)
    assert len(places) <= chart.frame.most_dates
    assert all(label.x <= chart.frame.right for label in chart.dates)


@pytest.mark.parametrize("variant", ["phone", "work"])
def test_everything_drawn_lies_inside_the_frame(variant):
    given = days([0, 10] * 15, worst=[10] * 30, morning=[10] * 30, phase_index=[1, 6] * 15, outcome=["advance"] * 30)
    chart = draw_chart(given, variant, goal=1)
    points = [*chart.dots, chart.last, *[(mark.x, mark.y) for mark in chart.marks]]
    for path in [*chart.runs, *chart.gaps]:
        points += [tuple(map(float, pair)) for pair in re.findall(r"([\d.]+) ([\d.]+)", path)]
    assert all(0 <= x <= chart.frame.width and 0 <= y <= chart.frame.height for x, y in points)


def test_the_finding_gets_first_latest_highest_and_how_many_answered():
    figures = draw_chart(days([5, None, 8, 3], outcome=["hold", "no_check_in", "step_back", "hold"])).figures
    assert (figures.first, figures.latest, figures.highest, figures.answered, figures.days) == (5, 3, 8, 3, 4)
    assert figures.highest_on == START + timedelta(days=2)
    assert figures.step_backs == 1
