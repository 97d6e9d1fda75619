"""What opening a record in an emergency asks, and what its review asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.models import EmergencyAccess, EmergencyReview


class EmergencyForm(forms.Form):
    """Whose record, and why there is no time to ask them."""

    email = forms.EmailField(
        label=_("The patient’s email address"),
        error_messages={
            "required": _("Fill in the address they sign in with."),
            "invalid": _("Write the whole address, such as name@example.org."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Why now"),
        choices=[("", _("Choose…")), *EmergencyAccess.Reason.choices],
        error_messages={"required": _("Choose the reason that fits best.")},
    )
    explanation = forms.CharField(
        label=_("What happened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("An admin reads this afterwards. The patient is told that you opened the record."),
        error_messages={"required": _("Write in a sentence or two what happened.")},
    )


class ReviewForm(forms.Form):
    """What an admin found."""

    outcome = forms.ChoiceField(
        label=_("What you found"),
        choices=[("", _("Choose…")), *EmergencyReview.Outcome.choices],
        error_messages={"required": _("Choose what you found.")},
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whom you asked, and what they said."),
        error_messages={"required": _("Write a short note.")},
    )
