"""Filters for the wording of rules: figures come from JSON, so days arrive as text."""

from datetime import date

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day(value: str | date | None) -> str:
    """A day of a finding's figures in words: "Thu 5 Mar"; anything else stays as it is."""
    try:
        known = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return str(value or "")
    return date_format(known, "D j M")


@register.filter
def days(values: list[str] | None) -> str:
    """Several such days, parted by commas."""
    return ", ".join(day(value) for value in values or ())


@register.filter
def share(value: float | None) -> str:
    """A share of one as a percentage: 0.25 is "25 %"."""
    return "" if value is None else f"{round(value * 100)} %"


@register.filter(is_safe=True)
def one_line(words: str) -> str:
    """Words without the breaks and blanks of their template, so that a full stop may follow."""
    return " ".join(words.split())
