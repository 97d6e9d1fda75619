"""What a clinician enters to put a plan aside, to end it, or to send the patient on."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic
from recovery.models import Episode, Pause
from recovery.models.thread import LONGEST_TEXT
from recovery.services.handing_on import LONGEST_NAME, LONGEST_REASON, Words

from .forms import NOTE_LENGTH

PAUSE_REASONS = {
    Pause.Reason.AWAY: _("They are away"),
    Pause.Reason.ILL: _("They are ill"),
    Pause.Reason.BUSY: _("There is too much else"),
    Pause.Reason.OTHER: _("Another reason"),
}
END_REASONS = {
    Episode.CloseReason.RECOVERED: _("Recovered"),
    Episode.CloseReason.REFERRED: _("Somebody else goes on with it"),
    Episode.CloseReason.LEFT: _("They do not want to go on"),
    Episode.CloseReason.OTHER: _("Another reason"),
}
WHY = {"required": _("Choose why.")}


class WordsForm(forms.Form):
    """Words for the patient, from one of the clinics they share with."""

    clinic = forms.ModelChoiceField(Clinic.objects.none(), label=_("From"), empty_label=None)
    text = forms.CharField(
        label=_("What the patient reads"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
        error_messages={"required": _("Write what the patient reads.")},
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid4, error_messages={"invalid": _("Please send it again.")}
    )

    def __init__(self, *args, clinics, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clinic"].queryset = clinics
        self.fields["clinic"].initial = clinics.first()
        if len(clinics) < 2:
            self.fields["clinic"].widget = forms.HiddenInput()

    def words(self) -> Words:
        """The words as the service takes them."""
        return Words(self.cleaned_data["clinic"], self.cleaned_data["text"], self.cleaned_data["key"])

    def with_fresh_key(self):
        """The same entries under a key of their own, to be sent once more."""
        self.data = self.data.copy()
        self.data["key"] = str(uuid4())
        return self


class PauseForm(WordsForm):
    """Why, and until when."""

    why = forms.ChoiceField(
        label=_("Why"), choices=list(PAUSE_REASONS.items()), widget=forms.RadioSelect, error_messages=WHY
    )
    resumes_on = forms.DateField(
        label=_("The plan goes on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Choose the day on which the plan goes on."),
            "invalid": _("Enter a date, for example 2026-05-18."),
        },
    )


class EndForm(WordsForm):
    """Why it ends, and a note for colleagues."""

    why = forms.ChoiceField(
        label=_("Why"), choices=list(END_REASONS.items()), widget=forms.RadioSelect, error_messages=WHY
    )
    note = forms.CharField(
        label=_("Note for your colleagues"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReferForm(WordsForm):
    """To whom, and why."""

    to_whom = forms.CharField(
        label=_("To whom"), max_length=LONGEST_NAME, error_messages={"required": _("Say to whom.")}
    )
    why = forms.CharField(
        label=_("Why, for the letter"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_REASON}),
        error_messages={"required": _("Say why.")},
    )
    is_ended = forms.BooleanField(label=_("The plan here ends with it."), required=False)
