"""What nobody takes climbs by a schedule fixed as it is raised, and stops at once when a person takes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from recovery.rules import climbing
from recovery.rules.climbing import ADMINS, AUDIENCES, BACK, CLINIC, DUTY, NEXT, Climb, Step

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)  # ten o'clock in Amsterdam
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
SEQUENCES = 3_000


def waits(climb, since):
    return [(step.at - since, step.audience) for step in climb.steps]


def test_a_warning_sign_climbs_within_the_day_also_at_night():
    at_night = TUESDAY + 14 * HOUR
    first = waits(climbing.begin(True, at_night, AMSTERDAM), at_night)[:4]
    assert first == [(0 * HOUR, DUTY), (HOUR / 2, NEXT), (2 * HOUR, CLINIC), (8 * HOUR, ADMINS)]


def test_anything_else_gives_the_next_person_four_working_hours_and_everybody_a_day():
    first = waits(climbing.begin(False, TUESDAY, AMSTERDAM), TUESDAY)[:3]
    assert first == [(0 * HOUR, DUTY), (4 * HOUR, NEXT), (24 * HOUR, ADMINS)]


@pytest.mark.parametrize("is_sign", [True, False])
def test_after_the_ladder_it_repeats_nine_days_and_then_weekly_without_an_end(is_sign):
    climb = climbing.begin(is_sign, TUESDAY, AMSTERDAM)
    last = next(step for step in climb.steps if step.audience == ADMINS)
    assert [step.at - last.at for step in climb.steps if step.audience == ADMINS] == [DAY * n for n in range(10)]
    for _ in range(3):
        last_at = climb.steps[-1].at
        climb, told = climbing.take(climb, last_at, AMSTERDAM)
        assert (told.audience, climb.next_at) == (ADMINS, last_at + WEEK)


@pytest.mark.parametrize(
    ("raised", "next_person"),
    [
        (datetime(2026, 3, 3, 19), datetime(2026, 3, 4, 12)),  # in the evening: the next morning counts
        (datetime(2026, 3, 3, 16), datetime(2026, 3, 4, 10)),  # two hours today, two tomorrow
        (datetime(2026, 3, 3, 3), datetime(2026, 3, 3, 12)),
        (datetime(2026, 3, 7, 11), datetime(2026, 3, 9, 12)),  # a Saturday
        (datetime(2026, 3, 28, 11), datetime(2026, 3, 30, 12)),  # the clocks go forward on the Sunday
    ],
)
def test_working_hours_are_weekdays_from_eight_to_six_on_the_local_clock(raised, next_person):
    found = climbing.after_working_hours(raised.replace(tzinfo=AMSTERDAM), 4 * HOUR, AMSTERDAM)
    assert found == next_person.replace(tzinfo=AMSTERDAM)


def test_over_a_weekend_everybody_is_told_a_day_on_and_no_narrower_step_follows():
    saturday = TUESDAY + 4 * DAY
    assert waits(climbing.begin(False, saturday, AMSTERDAM), saturday)[:2] == [(0 * HOUR, DUTY), (DAY, ADMINS)]


@pytest.mark.parametrize("is_sign", [True, False])
@pytest.mark.parametrize("hours", range(0, 24 * 8, 5))
def test_steps_come_in_order_and_never_reach_fewer_people(is_sign, hours):
    steps = climbing.begin(is_sign, TUESDAY + hours * HOUR, AMSTERDAM).steps
    assert all(earlier.at < later.at for earlier, later in pairwise(steps))
    assert all(AUDIENCES.index(a.audience) <= AUDIENCES.index(b.audience) for a, b in pairwise(steps))


def test_a_sweep_that_comes_late_tells_the_widest_step_once():
    climb, told = climbing.take(climbing.begin(True, TUESDAY, AMSTERDAM), TUESDAY + 3 * HOUR, AMSTERDAM)
    assert (told.audience, climb.taken) == (CLINIC, 3)
    assert climbing.take(climb, TUESDAY + 3 * HOUR, AMSTERDAM) == (climb, None)


def test_what_is_taken_but_not_closed_is_open_again_after_a_week_and_climbs_anew():
    climb = climbing.taken_by_a_person(climbing.begin(True, TUESDAY, AMSTERDAM), TUESDAY + HOUR)
    back_at = TUESDAY + HOUR + WEEK
    assert climb.ahead == (Step(back_at, BACK),)
    climb, told = climbing.take(climb, back_at, AMSTERDAM)
    assert told.audience == BACK
    assert waits(replace(climb, steps=climb.ahead), back_at)[:2] == [(4 * HOUR, NEXT), (24 * HOUR, ADMINS)]


def test_what_was_told_to_no_clinic_stays_silent_when_it_is_taken():
    assert climbing.taken_by_a_person(Climb(), TUESDAY) == Climb()


def test_what_is_closed_climbs_no_more():
    climb = climbing.ended(climbing.begin(True, TUESDAY, AMSTERDAM))
    assert climbing.take(climb, TUESDAY + 400 * DAY, AMSTERDAM) == (climb, None)


def test_a_schedule_survives_being_kept_as_plain_values():
    steps = climbing.begin(False, TUESDAY, AMSTERDAM).steps
    assert climbing.from_json(climbing.to_json(steps)) == steps


# --- thousands of lives of an escalation, each replayed by its seed ----------------------------------------------


class Life:
    """Random taking, closing, coming again and clocks; whatever is told is checked against the steps that were due."""

    def __init__(self, seed: int, rules=climbing):
        self.chance, self.rules = Random(seed), rules
        self.now, self.clock_says = TUESDAY, TUESDAY
        self.status, self.told = "open", []
        self.climb = rules.begin(self.chance.random() < 0.5, self.now, AMSTERDAM)
        self.expected = list(self.climb.steps[1:])

    def live(self) -> None:
        for _ in range(self.chance.randint(5, 60)):
            self.chance.choice((self.tick, self.tick, self.tick, self.take, self.close, self.jump, self.comes_again))()

    def tick(self) -> None:
        """The sweep comes, on time or hours late; twice, as two workers do."""
        self.now = max(self.now, self.clock_says) + self.chance.choice((timedelta(seconds=15), HOUR, 9 * HOUR, 2 * DAY))
        self.clock_says = self.now
        self.sweep()
        self.sweep()

    def sweep(self) -> None:
        before = self.climb
        self.climb, step = self.rules.take(before, self.clock_says, AMSTERDAM)
        due = [each for each in self.expected if each.at <= self.clock_says]
        assert (step is None) == (not due), "a step was skipped or told before its time"
        if step is None:
            return
        assert self.status != "closed", "told after it was closed"
        assert (self.status == "taken") == (step.audience == BACK), "told while somebody had it"
        assert step == due[-1] and step not in self.told, "told twice, or out of order"
        assert self.climb.taken == before.taken + len(due), "not every due step was counted"
        self.told.append(step)
        if step.audience == BACK:
            self.status = "open"
        self.expected = list(self.climb.ahead)
        assert self.expected, "an open escalation was forgotten"
        assert all(each.at > self.clock_says for each in self.expected)

    def take(self) -> None:
        if self.status == "open":
            self.status = "taken"
            self.climb = self.rules.taken_by_a_person(self.climb, self.clock_says)
            self.expected = [Step(self.clock_says + WEEK, BACK)]

    def close(self) -> None:
        if self.chance.random() < 0.1:
            self.status, self.expected = "closed", []
            self.climb = self.rules.ended(self.climb)

    def jump(self) -> None:
        """Somebody sets the clock back; what was told is not told again."""
        self.clock_says = self.now - self.chance.choice((HOUR, 3 * DAY))
        self.sweep()

    def comes_again(self) -> None:
        """The sign is ticked anew: whoever had it must take it again."""
        if self.status != "closed" and self.chance.random() < 0.2:
            self.status, self.now = "open", max(self.now, self.clock_says)
            self.clock_says = self.now
            self.climb = self.rules.begin(True, self.now, AMSTERDAM, self.climb)
            self.expected = list(self.climb.ahead)


def test_no_step_is_skipped_repeated_or_told_after_somebody_took_it():
    for seed in range(SEQUENCES):
        try:
            Life(seed).live()
        except AssertionError as broken:
            raise AssertionError(f"seed {seed}: {broken}") from broken


class Seeded:
    """The rules with one mistake in them."""

    def __init__(self, **mistakes):
        self.mistakes = mistakes

    def __getattr__(self, name):
        return self.mistakes.get(name) or getattr(climbing, name)


def forgets_to_count(climb, now, zone):
    return climb, climbing.take(climb, now, zone)[1]


def skips_one(climb, now, zone):
    after, step = climbing.take(climb, now, zone)
    return (replace(after, taken=after.taken + 1), step) if step else (after, step)


def goes_on_climbing(climb, now):
    return climb


def forgets_what_was_taken(climb, now):
    return Climb()


@pytest.mark.parametrize(
    "mistake",
    [
        {"take": forgets_to_count},
        {"take": skips_one},
        {"taken_by_a_person": goes_on_climbing},
        {"taken_by_a_person": forgets_what_was_taken},
        {"ended": lambda climb: climb},
    ],
    ids=lambda mistake: getattr(next(iter(mistake.values())), "__name__", "?"),
)
def test_the_lives_notice_a_mistake(mistake):
    with pytest.raises(AssertionError):
        for seed in range(200):
            Life(seed, Seeded(**mistake)).live()
