"""The run-readiness checklist: six short tests at home."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.services.episodes import READINESS_ITEMS

SIDES = ("left", "right")
NO_SIDES = ("bridge", "jog_on_the_spot")
CHOICES = [("yes", _("Yes")), ("no", _("Not yet"))]
MISSING = _("Answer “Yes” or “Not yet” for each test.")


def names_of(item: str) -> tuple[str, ...]:
    """The answers one test asks for: one a side, or just one."""
    return (item,) if item in NO_SIDES else tuple(f"{item}_{side}" for side in SIDES)


class ReadinessForm(forms.Form):
    """One answer for each test and side, nothing chosen beforehand."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for item in READINESS_ITEMS:
            for name in names_of(item):
                self.fields[name] = forms.ChoiceField(
                    choices=CHOICES, widget=forms.RadioSelect, error_messages={"required": MISSING}
                )

    def passed(self) -> set[str]:
        """The tests passed on both sides."""
        given = self.cleaned_data
        return {item for item in READINESS_ITEMS if all(given[name] == "yes" for name in names_of(item))}
