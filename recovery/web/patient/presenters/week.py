"""Pain this week: seven tiles, and the average beside last week's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from recovery.models import CheckIn

DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One tile; no value where nobody answered."""

    value: int | None
    label: str
    today: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days and the mean pain of this week and the one before, where there is any."""

    days: Sequence[WeekDay]
    average: float | None
    before: float | None


def week_of(rows: Iterable[CheckIn], today: date) -> Week:
    """The week that ends today."""
    values = {row.day: row.average for row in rows}
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    earlier = [day - timedelta(days=DAYS) for day in days]
    return Week(
        days=[WeekDay(values.get(day), _label(day, today), day == today) for day in days],
        average=_mean([values[day] for day in days if day in values]),
        before=_mean([values[day] for day in earlier if day in values]),
    )


def _label(day: date, today: date) -> str:
    return _("Today") if day == today else date_format(day, "D")


def _mean(values: list[int]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None
