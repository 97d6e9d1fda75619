"""Why the plan is put aside, and until when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.models import Pause

from .fields import PageForm

REASONS = [
    (Pause.Reason.AWAY, _("I am away")),
    (Pause.Reason.ILL, _("I am ill")),
    (Pause.Reason.BUSY, _("There is too much else")),
    (Pause.Reason.OTHER, _("Another reason")),
]


class PauseForm(PageForm):
    """One reason and the day on which the plan goes on."""

    reason = forms.ChoiceField(
        choices=REASONS, widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")}
    )
    resumes_on = forms.DateField(
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day on which the plan goes on."),
            "invalid": _("Enter a day, such as 2026-03-31."),
        },
    )
