"""A dose as the parts a timer walks through: holds, repeats, minutes, one side after the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SIDES = ("left", "right")
LET_GO = 3  # seconds between two holds of one set
SKIN_CHECK = 5 * 60  # seconds of warmth or cold before the skin is looked at
HEAT_AND_COLD = ("heat", "cold")
WARM_UP = 5 * 60


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of work; no seconds means at one's own pace.

    kind: hold, repeats, beats (holds in a row), minutes, metres, skin, walk or run. `beat` is the seconds of one hold
    and `rest` those until the next.
    """

    kind: str
    seconds: int = 0
    count: int = 0
    number: int = 1
    of: int = 1
    side: str = ""
    beat: int = 0
    rest: int = 0


def parts_of(dose: Mapping, sides: str, kind: str = "", is_eased: bool = False) -> list[Part]:
    """The low end of a dose, part by part; after a session that was too much, about a third less."""
    dose = _eased(dose) if is_eased else dose
    if kind in HEAT_AND_COLD:
        return list(_warmth(dose))
    first = list(_sets(dose, sides, dose.get("sets") or 1, dose.get("repeats"), dose.get("hold_seconds")))
    if dose.get("then_repeats"):
        first += _sets(dose, sides, dose.get("then_sets") or 1, dose["then_repeats"], None)
    return first


def run_parts(sets: Sequence[Mapping]) -> list[Part]:
    """A walk-run session: a brisk walk, the intervals, a brisk walk."""
    legs = [Part("walk", WARM_UP)]
    for each in sets:
        once = [("walk", each.get("walk_minutes") or 0), ("run", each.get("run_minutes") or 0)]
        legs += [Part(kind, round(minutes * 60)) for kind, minutes in once * int(each.get("repeats") or 1) if minutes]
    runs = sum(leg.kind == "run" for leg in legs)
    return [*_numbered(legs, runs), Part("walk", WARM_UP)]


def _numbered(legs: Sequence[Part], runs: int) -> Iterator[Part]:
    number = 0
    for leg in legs:
        number += leg.kind == "run"
        yield Part(leg.kind, leg.seconds, number=number, of=runs)


def _sets(dose: Mapping, sides: str, sets: int, repeats: int | None, hold: int | None) -> Iterator[Part]:
    work = _work(dose, repeats, hold)
    if work is None:
        return
    for number in range(1, sets + 1):
        for side in SIDES if sides == "both" else ("",):
            yield Part(work.kind, work.seconds, work.count, number, sets, side, work.beat, work.rest)


def _work(dose: Mapping, repeats: int | None, hold: int | None) -> Part | None:
    """What one set is made of."""
    if repeats and hold:
        return Part("beats", repeats * (hold + LET_GO), repeats, beat=hold, rest=LET_GO)
    if repeats and dose.get("work_seconds"):
        return Part("beats", repeats * dose["work_seconds"], repeats, beat=dose["work_seconds"])
    if hold:
        return Part("hold", hold)
    if repeats:
        return Part("repeats", count=repeats)
    if dose.get("metres"):
        return Part("metres", count=dose["metres"])
    minutes = dose.get("minutes_usual") or dose.get("minutes_low")
    return Part("minutes", minutes * 60, minutes) if minutes else None


def _warmth(dose: Mapping) -> Iterator[Part]:
    """Five minutes at a time, and the skin is looked at in between; never longer than the plan's limit."""
    minutes = min(dose.get("minutes_usual") or dose.get("minutes_low") or 10, dose.get("minutes_most") or 20)
    left, of = minutes * 60, -(-minutes * 60 // SKIN_CHECK)
    for number in range(1, of + 1):
        yield Part("minutes", min(SKIN_CHECK, left), number=number, of=of)
        yield Part("skin", number=number, of=of)
        left -= SKIN_CHECK


def _eased(dose: Mapping) -> dict:
    """About a third less of what counts: sets where there are three or more, else the repeats, the hold or the time."""
    sets = dose.get("sets") or 1
    if sets > 2:
        return {**dose, "sets": sets - sets // 3}
    lighter = {key: max(1, round(dose[key] * 2 / 3)) for key in ("repeats", "hold_seconds") if dose.get(key)}
    key = next(iter(lighter), None)
    if key:
        return {**dose, key: lighter[key]}
    minutes = dose.get("minutes_usual") or dose.get("minutes_low")
    return {**dose, "minutes_usual": max(1, round(minutes * 2 / 3))} if minutes else dict(dose)
