"""Fields for the texts, numbers and ranges of a plan."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

WEEKDAYS = {
    "mon": _("Mon"),
    "tue": _("Tue"),
    "wed": _("Wed"),
    "thu": _("Thu"),
    "fri": _("Fri"),
    "sat": _("Sat"),
    "sun": _("Sun"),
}
EVERY_DAY = "daily"
RANGE = re.compile(r"^(\d{1,4})(?:\s*(?:-|–|to)\s*(\d{1,4}))?$")
LONGEST_TEXT = 1500


class LinesField(forms.CharField):
    """A list of texts, one to a line."""

    def __init__(self, **options):
        options.setdefault("widget", forms.Textarea(attrs={"class": "input", "rows": 4}))
        super().__init__(required=False, max_length=LONGEST_TEXT, **options)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def run_validators(self, value):
        super().run_validators("\n".join(value))


class RangeField(forms.CharField):
    """One whole number or two, like 8 or 8–12; gives both ends, or nothing."""

    def __init__(self, highest: int, lowest: int = 1, **options):
        self.lowest, self.highest = lowest, highest
        super().__init__(required=False, **options)

    def prepare_value(self, value):
        if not isinstance(value, tuple):
            return value
        return str(value[0]) if value[0] == value[1] else f"{value[0]}–{value[1]}"

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        found = RANGE.match(text.strip())
        if found:
            low, high = int(found[1]), int(found[2] or found[1])
            if self.lowest <= low <= high <= self.highest:
                return low, high
        sentence = _("Enter a whole number from %(lowest)s to %(highest)s, or two like 8–12.")
        raise forms.ValidationError(sentence, params={"lowest": self.lowest, "highest": self.highest})

    def validate(self, value):
        """Both ends were checked while reading."""

    def run_validators(self, value):
        """The validators of texts do not apply to a pair."""


class WeekdaysField(forms.MultipleChoiceField):
    """The days of a week; all of them mean daily."""

    def __init__(self, **options):
        super().__init__(
            choices=list(WEEKDAYS.items()),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one day."), "invalid_choice": _("Choose days of the week.")},
            **options,
        )

    def prepare_value(self, value):
        return list(WEEKDAYS) if value == EVERY_DAY else value

    def clean(self, value):
        chosen = super().clean(value)
        return EVERY_DAY if len(chosen) == len(WEEKDAYS) else [day for day in WEEKDAYS if day in chosen]


def number_field(lowest, highest, unit: str, label, **attributes) -> forms.Field:
    """A number in its allowed range; whole unless it is a ratio."""
    is_ratio = unit == "ratio"
    sentence = (
        _("Enter a number from %(low)s to %(high)s.")
        if is_ratio
        else _("Enter a whole number from %(low)s to %(high)s.")
    )
    sentence = sentence % {"low": lowest, "high": highest}
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence)
    kind = forms.FloatField if is_ratio else forms.IntegerField
    attrs = {
        "class": "input input--s",
        "aria-label": label,
        "inputmode": "decimal" if is_ratio else "numeric",
        "step": "0.01" if is_ratio else "1",
        **attributes,
    }
    return kind(
        min_value=lowest, max_value=highest, label=label, error_messages=messages, widget=forms.NumberInput(attrs)
    )


def text_field(label, required: str = "", rows: int = 0, **options) -> forms.CharField:
    """A text; `required` is the sentence for an empty one."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    options.setdefault("max_length", LONGEST_TEXT)
    messages = {"required": required} if required else {}
    return forms.CharField(label=label, required=bool(required), widget=widget, error_messages=messages, **options)
