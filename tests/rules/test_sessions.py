"""Session grades: an easy session with a calm morning after, and what changes the grade."""

from datetime import date, timedelta

import pytest

from recovery.rules.case_reading import read_case
from recovery.rules.replay import fold_case
from tests.rules.notation import case

GRADES = [
    # changed, start, history, grade of day 1
    ("easy, calm morning", "P3", "2/2/2/2+D2 2/2/2/2", "green"),
    ("morning one point worse", "P3", "2/2/2/2+D2 2/3/3/2", "green"),
    ("pain 3 during it", "P3", "2/2/2/2+D3 2/2/2/2", "amber"),
    ("pain 5 during it", "P3", "2/2/2/2+D5 2/2/2/2", "amber"),
    ("pain 6 during it", "P3", "2/2/2/2+D6 2/2/2/2", "red"),
    ("pain 5 while running", "P5 R3", "2/2/2/2+D5 2/2/2/2", "red"),
    ("pain 4 while running", "P5 R3", "2/2/2/2+D4 2/2/2/2", "amber"),
    ("pain 5 in prevention", "P6", "2/2/2/2+D5 2/2/2/2", "red"),
    ("stopped because of it", "P3", "2/2/2/2+D1s 2/2/2/2", "red"),
    ("only partly done", "P3", "2/2/2/2~D1 2/2/2/2", "amber"),
    ("morning two points worse, at 3", "P3", "2/2/1/2+D2 2/3/3/2", "red"),
    ("morning two points worse, still at 2", "P3", "2/2/0/2+D2 2/3/2/2", "amber"),
    ("morning high but not worse", "P3", "4/5/5/2+D2 4/5/6/2", "green"),
    ("next day missing", "P3", "2/2/2/2+D2 - 2/2/2/2", "amber"),
    ("next day missing, morning remembered as calm", "P3", "2/2/2/2+D2 - 2/2/2/2r2", "green"),
    ("next day missing, morning remembered as bad", "P3", "2/2/1/2+D2 - 2/2/2/2r4", "red"),
    ("two days missing", "P3", "2/2/2/2+D2 - - 2/2/2/2", "ungraded"),
    ("two days missing, pain 6", "P3", "2/2/2/2+D6 - - 2/2/2/2", "red"),
    ("nothing after it yet", "P3", "2/2/2/2+D2", None),
    ("nothing after it yet, pain 6", "P3", "2/2/2/2+D6", "red"),
    ("remembered morning ignored when yesterday is there", "P3", "2/2/1/2+D2 2/2/1/2r9", "green"),
]


def records(plan, start: str, history: str):
    """The window after a history."""
    found = read_case(case(f"{start}, B 5, onset 1", history))
    return list(fold_case(found, plan))[-1][0].window


@pytest.mark.parametrize(("changed", "start", "history", "grade"), GRADES, ids=[row[0] for row in GRADES])
def test_a_session_is_graded(plan, changed, start, history, grade):
    assert records(plan, start, history)[0].grade == grade


def test_a_red_session_is_known_on_its_own_day_and_any_other_with_the_next_check_in(plan):
    first = date(2026, 3, 1)
    assert records(plan, "P3", "2/2/2/2+D6 2/2/2/2")[0].graded_on == first
    assert records(plan, "P3", "2/2/2/2+D2 2/2/2/2")[0].graded_on == first + timedelta(days=1)
    assert records(plan, "P3", "2/2/1/2+D2 - 2/2/2/2r4")[0].graded_on == first + timedelta(days=2)


@pytest.mark.parametrize(
    ("start", "history", "grades"),
    [
        ("P5 R2", "1/1/0/0+D0 1/1/0/0+D0 1/1/0/0", ["green", "amber", None]),
        ("P5 R2", "1/1/0/0+D0 1/1/0/0 1/1/0/0+D0 1/1/0/0", ["green", None, "green", None]),
        ("P4", "1/1/0/0+D0 1/1/0/0+D0 1/1/0/0", ["green", "green", None]),
        ("P6", "1/1/0/0+D0 1/1/0/0+D0 1/1/0/0", ["green", "green", None]),
    ],
)
def test_only_the_walk_run_ladder_needs_a_day_between(plan, start, history, grades):
    assert [record.grade for record in records(plan, start, history)] == grades
