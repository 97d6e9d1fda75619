"""Small checks that turn a bad value into one sentence naming the field and what is allowed."""

from collections.abc import Iterable
from datetime import date, datetime

EARLIEST_DAY = date(1900, 1, 1)
LATEST_DAY = date(2200, 12, 31)


class InvalidFact(ValueError):
    """A value that no rule may ever see; its text is "field: what is allowed"."""

    def __init__(self, field: str, allowed: str) -> None:
        super().__init__(field, allowed)
        self.field = field
        self.allowed = allowed

    def __str__(self) -> str:
        return f"{self.field}: {self.allowed}"


def whole(field: str, value: object, low: int, high: int, *, optional: bool = False) -> None:
    """Refuse anything but a whole number in the range (True and 3.0 are not whole numbers)."""
    if optional and value is None:
        return
    if type(value) is not int or not low <= value <= high:
        ending = " or nothing" if optional else ""
        raise InvalidFact(field, f"must be a whole number from {low} to {high}{ending}")


def one_of(field: str, value: object, allowed: Iterable[str], *, optional: bool = False) -> None:
    """Refuse a text outside a closed list."""
    if optional and value is None:
        return
    names = tuple(allowed)
    if not isinstance(value, str) or value not in names:
        raise InvalidFact(field, "must be one of " + ", ".join(names))


def yes_or_no(field: str, value: object, *, optional: bool = False) -> None:
    """Refuse anything but true or false."""
    if optional and value is None:
        return
    if not isinstance(value, bool):
        raise InvalidFact(field, "must be true or false")


def a_day(field: str, value: object, *, optional: bool = False) -> None:
    """Refuse anything but a plain calendar day of this and the last century."""
    if optional and value is None:
        return
    if not isinstance(value, date) or isinstance(value, datetime) or not EARLIEST_DAY <= value <= LATEST_DAY:
        raise InvalidFact(field, f"must be a day from {EARLIEST_DAY} to {LATEST_DAY}")


def some_text(field: str, value: object, longest: int = 200) -> None:
    """Refuse an empty or very long text."""
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise InvalidFact(field, f"must be a text of 1 to {longest} characters")


def codes(field: str, value: object, allowed: Iterable[str]) -> None:
    """Refuse a tuple holding an unknown code or the same code twice."""
    names = tuple(allowed)
    given = value if isinstance(value, tuple) else (None,)
    known = all(isinstance(code, str) and code in names for code in given)
    if not known or len(set(given)) != len(given):
        raise InvalidFact(field, f"must be a list of different codes from {names[0]} to {names[-1]}")
