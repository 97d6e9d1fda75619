"""After a warning sign: who looked at it, or that it was a slip of the thumb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.models import Clearance

from .fields import PageForm
from .intake import DayInput

PROFESSIONS = [
    (Clearance.Profession.DOCTOR, _("A doctor")),
    (Clearance.Profession.PHYSIOTHERAPIST, _("A physiotherapist")),
    (Clearance.Profession.EMERGENCY, _("An emergency department")),
    (Clearance.Profession.OTHER, _("Another health professional")),
]


class ClearanceForm(PageForm):
    """Who examined the warning sign, when, and that they said the plan may go on."""

    profession = forms.ChoiceField(
        choices=PROFESSIONS, widget=forms.RadioSelect, error_messages={"required": _("Say who examined you.")}
    )
    assessed_on = forms.DateField(
        widget=DayInput(),
        error_messages={
            "required": _("Enter the day you were seen."),
            "invalid": _("Enter a day, such as 2026-03-14."),
        },
    )
    may_go_on = forms.BooleanField(
        error_messages={"required": _("Tick this only if they agreed that you may go on. If not, your plan stays off.")}
    )


class MistakeForm(PageForm):
    """A second look at what was ticked."""

    is_mistake = forms.BooleanField(
        error_messages={"required": _("Tick the box if none of this is true. If any of it is, please get help.")}
    )
