"""Local days in addresses and on pages."""

from datetime import date, datetime, timedelta

from recovery.rules.reminders import is_in_time, local_day

A_DAY = timedelta(days=1)
KNOWN_YEARS = range(1900, 2201)  # one can count days before and after them


class DayConverter:
    """A day in an address, such as 2026-03-14; one that no calendar has is no address of ours."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


def today_of(user, now: datetime) -> date:
    """The local day this person lives in now; it changes at 04:00."""
    return local_day(now, user.zone)


def yesterday_is_open(user, now: datetime) -> bool:
    """Whether yesterday can still be filled in: until noon."""
    return is_in_time(today_of(user, now) - A_DAY, now, user.zone)


def day_to_fill(user, now: datetime, wanted: str | None) -> date:
    """Today, or yesterday when that was asked for and is still open."""
    today = today_of(user, now)
    return today - A_DAY if wanted == "yesterday" and yesterday_is_open(user, now) else today


def day_of_form(form_data, otherwise: date) -> date:
    """The day a sent form says it is about; the form itself refuses a garbled one."""
    try:
        day = date.fromisoformat(form_data.get("day", ""))
    except ValueError:
        return otherwise
    return day if day.year in KNOWN_YEARS else otherwise
