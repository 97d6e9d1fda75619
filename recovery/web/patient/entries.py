"""From a filled form to the entry a service takes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from recovery.rules.reminders import local_day
from recovery.services.check_ins import Entry

from .forms.check_in import CheckInForm


def entry_of(form: CheckInForm, user, now: datetime) -> Entry | None:
    """The entry a valid form makes, in the device's zone; None, with a sentence in the form, when it makes none."""
    fact = form.fact()
    if fact is None:
        return None
    zone = _zone(form.cleaned_data["time_zone"], fact.day, user, now)
    return Entry(fact, form.cleaned_data["key"], now, zone, form.rotating(fact.session))


def _zone(device_zone: str, day, user, now: datetime) -> str:
    """The device's zone, unless the day has not come there yet: the page was made for the person's own zone."""
    if device_zone and day <= local_day(now, ZoneInfo(device_zone)):
        return device_zone
    return user.time_zone
