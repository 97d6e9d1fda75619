"""Columns and conditions that several account models share."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _


class LowercaseEmailField(models.EmailField):
    """An e-mail address kept and looked up in lower case, so that Ann@ and ann@ are one person."""

    def to_python(self, value):
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))


@cache
def known_time_zones() -> frozenset[str]:
    """Names of the IANA time zones this machine knows."""
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    """Refuses a name that is not an IANA time zone."""
    if name not in known_time_zones():
        raise ValidationError(_("Choose a time zone from the list, for example Europe/Amsterdam."), code="time_zone")


def one_of(field: str, choices, name: str) -> models.CheckConstraint:
    """The column holds one of the values its choices name."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def both_or_neither(first: str, second: str, name: str) -> models.CheckConstraint:
    """Two columns that are filled together or not at all."""
    missing = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    given = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return models.CheckConstraint(condition=missing | given, name=name)


def not_before(later: str, earlier: str, name: str) -> models.CheckConstraint:
    """An instant that, where it is known, does not come before another one."""
    in_order = Q(**{f"{later}__gte": models.F(earlier)})
    return models.CheckConstraint(condition=Q(**{f"{later}__isnull": True}) | in_order, name=name)


def no_earlier_than(field: str, now):
    """`now`, or the row's own earlier instant if the clock was set back in between: an ending never fails."""
    return Greatest(models.F(field), models.Value(now, output_field=models.DateTimeField()))
