"""A dose as its parts: sets, repeats, minutes ..., each one number or a range from low to high."""

from collections.abc import Mapping

RANGES: dict[str, tuple[str, str]] = {
    "sets": ("sets", "sets_high"),
    "repeats": ("repeats", "repeats_high"),
    "hold_seconds": ("hold_seconds", "hold_seconds_high"),
    "minutes": ("minutes_low", "minutes_high"),
    "times_per_day": ("times_per_day_low", "times_per_day_high"),
    "days_per_week": ("days_per_week", "days_per_week_high"),
    "effort": ("effort_low", "effort_high"),
    "then_repeats": ("then_repeats", "then_repeats_high"),
    "metres": ("metres", "metres_high"),
    "exercises": ("exercises_low", "exercises_high"),
}
"""The keys that hold the two ends of each part; one number alone means no range."""

BOTH_ENDS = ("minutes", "times_per_day", "effort", "exercises")
"""Parts whose two ends are always written, equal or not."""

SINGLES = (
    "minutes_usual",
    "minutes_most",
    "gap_minutes",
    "every_minutes",
    "then_sets",
    "work_seconds",
    "average_at_most",
    "from_phase_day",
)
"""Parts that are one whole number."""

Range = tuple[int, int]


def read_range(dose: Mapping, part: str) -> Range | None:
    """Both ends of a part, or nothing when the dose does not speak of it."""
    low_key, high_key = RANGES[part]
    low, high = dose.get(low_key), dose.get(high_key)
    low, high = high if low is None else low, low if high is None else high
    return None if low is None or high is None else (low, high)


def write_range(dose: dict, part: str, ends: Range | None) -> None:
    """Puts both ends of a part into the dose, or takes the part out of it."""
    if ends == read_range(dose, part):
        return
    low_key, high_key = RANGES[part]
    dose.pop(low_key, None)
    dose.pop(high_key, None)
    if ends is None:
        return
    dose[low_key] = ends[0]
    if ends[0] != ends[1] or part in BOTH_ENDS:
        dose[high_key] = ends[1]


def parts_of(dose: Mapping) -> dict:
    """The dose with each range as one pair, so that two doses can be compared part by part."""
    ends = {key for pair in RANGES.values() for key in pair}
    ranges = {part: read_range(dose, part) for part in RANGES}
    rest = {key: value for key, value in dose.items() if key not in ends}
    return {part: pair for part, pair in ranges.items() if pair is not None} | rest
