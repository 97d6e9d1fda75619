"""Answering a patient, and saying when nobody reads."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic
from recovery.models.thread import LONGEST_NOTICE, LONGEST_TEXT

DAY = forms.DateInput(attrs={"type": "date"})


class ReplyForm(forms.Form):
    """One message to the patient; its key makes a double tap harmless."""

    clinic = forms.ModelChoiceField(Clinic.objects.none(), label=_("From"), empty_label=None)
    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
        error_messages={"required": _("Write something first.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _("Please send it again.")})

    def __init__(self, *args, clinics, **kwargs):
        super().__init__(*args, auto_id="reply_%s", **kwargs)
        self.fields["clinic"].queryset = clinics
        self.fields["clinic"].initial = clinics.first()
        if len(clinics) == 1:
            self.fields["clinic"].widget = forms.HiddenInput()

    def with_fresh_key(self):
        """The same words under a key of their own, to be sent once more."""
        self.data = self.data.copy()
        self.data["key"] = str(uuid4())
        return self


class ReadingForm(forms.Form):
    """When check-ins and messages are read, as patients see it."""

    reading_times = forms.CharField(
        label=_("When you read messages and check-ins"),
        required=False,
        max_length=120,
        help_text=_("For example: weekdays 8 to 10. Patients read this before they write."),
    )


class AbsenceForm(forms.Form):
    """Days on which nobody reads."""

    from_on = forms.DateField(label=_("First day"), widget=DAY, error_messages={"required": _("Choose the first day.")})
    until_on = forms.DateField(label=_("Last day"), widget=DAY, error_messages={"required": _("Choose the last day.")})
    notice = forms.CharField(
        label=_("What patients read"),
        required=False,
        max_length=LONGEST_NOTICE,
        help_text=_("Whom to call instead, for example. At most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTICE}),
    )
