"""The run-readiness checklist: six short tests at home."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from recovery.services.episodes import READINESS_ITEMS

from .fields import PageForm

SIDES = ("left", "right")
NO_SIDES = ("bridge", "jog_on_the_spot")
CHOICES = [("yes", _("Yes")), ("no", _("Not yet"))]
MISSING = _("Answer “Yes” or “Not yet”.")


def names_of(item: str) -> tuple[str, ...]:
    """The answers one test asks for: one a side, or just one."""
    return (item,) if item in NO_SIDES else tuple(f"{item}_{side}" for side in SIDES)


def title_of(item: str) -> str:
    """The name of a test."""
    return render_to_string("recovery/patient/readiness_name.html", {"item": item}).strip()


class ReadinessForm(PageForm):
    """One answer for each test and side, nothing chosen beforehand."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for item in READINESS_ITEMS:
            for name in names_of(item):
                self.fields[name] = forms.ChoiceField(
                    label=title_of(item),
                    choices=CHOICES,
                    widget=forms.RadioSelect,
                    error_messages={"required": MISSING},
                )

    def passed(self) -> set[str]:
        """The tests passed on both sides."""
        given = self.cleaned_data
        return {item for item in READINESS_ITEMS if all(given[name] == "yes" for name in names_of(item))}
