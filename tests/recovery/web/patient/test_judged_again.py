"""A corrected day says that it was judged again: what it was, what it is now, and why."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.models import CheckIn
from recovery.services import check_ins
from tests import factories

from .conftest import DAY_5, filled, post_check_in, words

SOME_DAY = factories.DAY_1


def correct(page, day=DAY_5, **changes):
    key = str(CheckIn.objects.standing().get(day=day).key)
    return page.post(reverse("patient:correct", args=[day]), filled(day, key=key, **changes))


def shown(page, day=DAY_5) -> str:
    return words(page.get(reverse("patient:decision", args=[day])))


@pytest.fixture
def corrected(page, episode):
    """A spike of pain that turns out to have been a slip of the thumb."""
    post_check_in(page, average="8", worst="9")
    correct(page, average="3", worst="4")


def test_it_says_what_it_was_and_what_it_is_now(page, corrected):
    text = shown(page)
    assert "Judged again" in text
    assert "Pain on average: 3, before 8." in text and "At its worst: 4, before 9." in text
    was, now = text.split("It was</dt>")[1].split("It is now</dt>")
    assert was.split("</dd>")[0] != now.split("</dd>")[0]


def test_a_day_never_corrected_says_nothing_of_it(page, episode):
    post_check_in(page)
    assert "Judged again" not in shown(page)


def test_a_correction_that_changes_nothing_says_so(page, episode):
    post_check_in(page)
    correct(page, woken="on")
    text = shown(page)
    assert "It comes to the same as before." in text and "It was</dt>" not in text
    assert "Other answers changed too." in text


def test_the_last_of_several_corrections_counts(page, corrected):
    correct(page, average="3", worst="5")
    text = shown(page)
    assert "At its worst: 5, before 4." in text and "before 9" not in text
    assert "It comes to the same as before." in text


def test_a_later_day_that_changed_with_it_is_named_and_says_why(page, patient, clock):
    factories.open_episode(patient, average=3)
    days = [SOME_DAY + timedelta(days=number) for number in range(3)]
    for day, average in zip(days, [3, 7, 8], strict=True):
        factories.check_in(patient, day, average=average, worst=9, morning=average, function=3)
    key = CheckIn.objects.get(day=days[1]).key
    now = factories.at(days[2], 8)  # before noon of the next day, so that the day itself is judged again
    check_ins.correct(patient, factories.entry(days[1], key=key, made_at=now, average=3, worst=4), now)
    assert "because of it" in shown(page, days[1])
    assert "You corrected an earlier day, and this one was judged again with it." in shown(page, days[2])
