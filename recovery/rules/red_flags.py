"""Red flags and cautions: fixed in code, so that no plan can weaken them."""

from collections.abc import Iterable
from dataclasses import dataclass

URGENCIES = ("EM", "SD", "WD", "RT")
"""Emergency now, same day, within days, routine; from the most to the least urgent."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One warning sign with how soon a professional must look; `stops` switches the plan off."""

    code: str
    urgency: str
    stops: bool = True


def _flags(urgency: str, numbers: Iterable[int]) -> dict[str, Flag]:
    return {code: Flag(code, urgency) for code in (f"RF{number:02d}" for number in numbers)}


FLAGS: dict[str, Flag] = {
    **_flags("EM", range(1, 11)),
    **_flags("SD", range(11, 16)),
    **_flags("WD", range(16, 21)),
    "RF21": Flag("RF21", "WD", stops=False),  # severe pain: a hold and notice E7, not a stop
}

CAUTIONS: dict[str, Flag] = {
    "CA1": Flag("CA1", "RT", stops=False),
    "CA2": Flag("CA2", "RT", stops=False),
    "CA3": Flag("CA3", "RT", stops=False),
    "CA4": Flag("CA4", "WD", stops=False),
    "CA5": Flag("CA5", "RT", stops=False),
}

TICKABLE = (*FLAGS, *CAUTIONS)
"""Everything a patient may tick in a check-in or an intake."""


def stopping(codes: Iterable[str]) -> tuple[str, ...]:
    """The ticked codes that switch the plan off at once."""
    return tuple(code for code in codes if code in FLAGS and FLAGS[code].stops)


def cautioning(codes: Iterable[str]) -> tuple[str, ...]:
    """The ticked codes that hold the plan until a professional review."""
    return tuple(code for code in codes if code in CAUTIONS)


def most_urgent(codes: Iterable[str]) -> Flag | None:
    """The most urgent of the codes, or nothing when there is none."""
    found = [FLAGS.get(code) or CAUTIONS[code] for code in codes]
    return min(found, key=lambda flag: (URGENCIES.index(flag.urgency), flag.code), default=None)
