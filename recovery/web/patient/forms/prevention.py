"""How far the next run may go, and both sides compared. Nothing here is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import PageForm

NUMBER = _("Give a number from 1 to 300.")
COUNT = _("Give a number from 0 to 300.")
TESTS = ("calf_raise", "mini_squat", "side_plank")
UNEVEN = 0.15  # a difference that is worth an extra set


class LoadForm(PageForm):
    """The longest run of the last weeks, and the one in mind."""

    longest = forms.FloatField(
        min_value=1,
        max_value=300,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NUMBER),
    )
    planned = forms.FloatField(
        min_value=1,
        max_value=300,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NUMBER),
    )


class SidesForm(PageForm):
    """A count for each side of three short tests; those left empty are left out."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for test in TESTS:
            for side in ("left", "right"):
                self.fields[f"{test}_{side}"] = forms.IntegerField(
                    min_value=0,
                    max_value=300,
                    required=False,
                    error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), COUNT),
                )

    def uneven(self) -> list[dict]:
        """The tests with both sides told, and the side that did clearly less."""
        given = self.cleaned_data
        pairs = [(test, given[f"{test}_left"], given[f"{test}_right"]) for test in TESTS]
        return [
            {"test": test, "left": left, "right": right, "weaker": weaker_side(left, right)}
            for test, left, right in pairs
            if left is not None and right is not None
        ]


def weaker_side(left: int, right: int) -> str:
    """left or right when it did more than 15 % less than the other, else nothing."""
    most = max(left, right)
    if not most or abs(left - right) / most <= UNEVEN:
        return ""
    return "left" if left < right else "right"
