"""What a run of check-ins says: medians, two in a row, gaps, the weekly trend; missing days are skipped."""

import itertools
from datetime import date, timedelta

from recovery.rules.state import Record, State

MOST_IN_A_ROW_GAP = 2  # two check-ins are "in a row" with at most one missed day between


def middle(values: list[int] | tuple[int, ...]) -> float:
    """The median; a whole number stays one, so that figures read well."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    both = ordered[half - 1] + ordered[half]
    return both // 2 if both % 2 == 0 else both / 2


def days_to(window: tuple[Record, ...], day: date, days: int) -> tuple[Record, ...]:
    """The records of the `days` calendar days ending with `day`."""
    first = day - timedelta(days=days - 1)
    high = len(window)
    while high and window[high - 1].check_in.day > day:
        high -= 1
    low = high
    while low and window[low - 1].check_in.day >= first:
        low -= 1
    return window[low:high]


def last_within(window: tuple[Record, ...], today: date, count: int, span: int) -> tuple[Record, ...]:
    """The last `count` records when all lie within `span` calendar days including today, else nothing."""
    last = window[-count:]
    if len(last) < count or (today - last[0].check_in.day).days >= span:
        return ()
    return last


def weekly_middle(window: tuple[Record, ...], day: date) -> float | None:
    """The median average pain of the seven days ending with `day`, known from four check-ins on."""
    values = [record.check_in.average for record in days_to(window, day, 7)]
    return middle(values) if len(values) >= 4 else None


def weekly_rise(window: tuple[Record, ...], today: date) -> tuple[float, float] | None:
    """This week's median and last week's, when both are known."""
    now = weekly_middle(window, today)
    before = None if now is None else weekly_middle(window, today - timedelta(days=7))
    return None if now is None or before is None else (now, before)


def recent_middle(window: tuple[Record, ...], today: date) -> float | None:
    """The seven-day median, or that of the last three check-ins when the week holds fewer than four."""
    weekly = weekly_middle(window, today)
    if weekly is not None or not window:
        return weekly
    return middle([record.check_in.average for record in window[-3:]])


def improvement(baseline: float, recent: float) -> float:
    """The share of the baseline pain that has gone; none when there was no pain to lose."""
    return round((baseline - recent) / baseline, 4) if baseline > 0 else 0.0


def gap_to(state: State, today: date) -> int:
    """Days since the last check-in (or since the start, the clearance or the intake when there was none)."""
    return (today - state.silence_from).days


def in_a_row(window: tuple[Record, ...], count: int) -> tuple[Record, ...]:
    """The last `count` records when no more than one day is missed between neighbours, else nothing."""
    last = window[-count:]
    if len(last) < count:
        return ()
    close = all(
        (later.check_in.day - earlier.check_in.day).days <= MOST_IN_A_ROW_GAP
        for earlier, later in itertools.pairwise(last)
    )
    return last if close else ()


def in_a_row_in_phase(state: State, count: int) -> tuple[Record, ...]:
    """As `in_a_row`, with all of them on days that began in the present phase stay."""
    last = in_a_row(state.window, count)
    return last if last and last[0].check_in.day >= state.phase_from else ()
