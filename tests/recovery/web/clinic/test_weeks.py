"""Weeks side by side, and sessions of which "nothing due" and "not told" are no failures."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import CheckIn
from recovery.web.clinic.history import Day
from recovery.web.clinic.weeks import sessions_of, weeks_of
from tests import factories as make

from .conftest import TODAY


def day(ago: int, session: str | None = "none", average: int = 3, function: int = 2) -> Day:
    """A day so long ago; without a session nobody checked in."""
    answers = CheckIn(average=average, function=function, session_status=session) if session else None
    return Day(TODAY - timedelta(days=ago), answers)


@pytest.mark.parametrize(
    ("states", "due", "kept", "nothing_due", "not_told"),
    [
        (["done", "part", "skipped"], 3, 2, 0, 0),
        (["none", "none"], 0, 0, 2, 0),
        ([None, None], 0, 0, 0, 2),
        (["done", None, "none", "skipped"], 2, 1, 1, 1),
    ],
)
def test_only_what_was_due_and_told_counts(states, due, kept, nothing_due, not_told):
    days = [day(len(states) - place, state) for place, state in enumerate(states)]
    found = sessions_of(days, TODAY)
    assert (found.due, found.kept, found.nothing_due, found.not_told) == (due, kept, nothing_due, not_told)


def test_today_without_an_answer_is_not_held_against_anybody():
    assert sessions_of([day(0, None)], TODAY).not_told == 0
    assert sessions_of([day(0, "skipped")], TODAY).due == 1


def test_three_weeks_stand_side_by_side_with_their_own_middle_values():
    far = [day(34 - n, average=7, function=5) for n in range(7)]
    between = [day(27 - n, None) for n in range(14)]
    last = [day(13 - n, "done", average=4) for n in range(7)]
    this = [day(6, average=1), day(5, None), *(day(4 - n, average=2) for n in range(4)), day(0, None)]
    weeks = weeks_of([*far, *between, *last, *this], TODAY)
    assert [(week.name, week.pain, week.function, week.answered) for week in weeks] == [
        ("this", 2, 2, 5),
        ("last", 4, 2, 7),
        ("four_ago", 7, 5, 7),
    ]
    assert (weeks[1].sessions.kept, weeks[0].sessions.not_told) == (7, 1)


def test_a_week_before_the_plan_began_is_left_out():
    assert [week.name for week in weeks_of([day(n) for n in (2, 1, 0)], TODAY)] == ["this"]


def test_the_patient_s_page_shows_them_in_words(door, patient, episode):
    make.check_in(patient, TODAY - timedelta(days=1), session={"status": "done", "pain": 1})
    text = " ".join(door.get(reverse("clinic:patient", args=[episode.pk])).text.split())
    assert "This week" in text and "Last week" in text and "Four weeks ago" not in text
    assert "1 of 1 due session done" in text
    assert "8 days without a check-in: nobody knows." in text
