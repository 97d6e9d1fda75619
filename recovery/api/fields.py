"""Values as a phone may send them: nothing is guessed, nothing is converted on the quiet."""

import re
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models.fields import known_time_zones

A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
AN_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?([Zz]|[+-]\d{2}:?\d{2})", re.ASCII)
A_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
A_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
YEARS = range(1900, 2201)


class Points(serializers.IntegerField):
    """A whole number from 0 to 10; true, 3.0 and "3" are none."""

    default_error_messages = {"points": _("Must be a whole number from 0 to 10.")}

    def __init__(self, **options):
        super().__init__(min_value=0, max_value=10, **options)

    def to_internal_value(self, data):
        if type(data) is not int or not 0 <= data <= 10:
            self.fail("points")
        return data


class Whole(serializers.IntegerField):
    """A whole number between the bounds given."""

    default_error_messages = {"whole": _("Must be a whole number from {low} to {high}.")}

    def to_internal_value(self, data):
        if type(data) is not int or not self.min_value <= data <= self.max_value:
            self.fail("whole", low=self.min_value, high=self.max_value)
        return data


class YesNo(serializers.BooleanField):
    """True or false, and nothing that resembles them."""

    default_error_messages = {"yes_no": _("Must be true or false.")}

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("yes_no")
        return data


class OneOf(serializers.ChoiceField):
    """A text from a closed list."""

    default_error_messages = {"one_of": _("Must be one of {allowed}.")}

    def to_internal_value(self, data):
        if not isinstance(data, str) or data not in self.choices:
            self.fail("one_of", allowed=", ".join(self.choices))
        return data


class Text(serializers.CharField):
    """A text; numbers and lists are none."""

    default_error_messages = {"text": _("Must be a text.")}

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("text")
        return super().to_internal_value(data)


class Key(serializers.UUIDField):
    """A UUID in its usual spelling."""

    default_error_messages = {"invalid": _("Must be a UUID.")}

    def to_internal_value(self, data):
        if not isinstance(data, str) or not A_UUID.fullmatch(data):
            self.fail("invalid")
        return UUID(data)


class Day(serializers.DateField):
    """A calendar day, written 2026-03-31."""

    default_error_messages = {"day": _("Must be a day, written like 2026-03-31.")}

    def to_internal_value(self, data):
        try:
            day = date.fromisoformat(data) if isinstance(data, str) and A_DAY.fullmatch(data) else None
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            self.fail("day")
        return day


class Instant(serializers.DateTimeField):
    """A moment with its offset from UTC, kept in UTC."""

    default_error_messages = {"instant": _("Must be a moment with its offset, written like 2026-03-31T18:30:00+02:00.")}

    def to_internal_value(self, data):
        try:
            moment = datetime.fromisoformat(data) if isinstance(data, str) and AN_INSTANT.fullmatch(data) else None
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS:
            self.fail("instant")
        return moment.astimezone(UTC)


class LocalTime(serializers.TimeField):
    """A wall-clock time, written 19:00."""

    default_error_messages = {"time": _("Must be a time of day, written like 19:00.")}

    def to_internal_value(self, data):
        if not isinstance(data, str) or not A_TIME.fullmatch(data):
            self.fail("time")
        return time.fromisoformat(data)


class TimeZone(Text):
    """The IANA name of a time zone."""

    default_error_messages = {"zone": _("Must be the name of a time zone, such as Europe/Amsterdam.")}

    def to_internal_value(self, data):
        name = super().to_internal_value(data)
        if name not in known_time_zones():
            self.fail("zone")
        return name
