"""What a clinician can enter; the services have the last word on all of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic
from recovery.models import Clearance, Resolution
from recovery.rules.facts import PHASES
from recovery.services.attention import ORDER
from recovery.services.plan_choice import offered

NOTE_LENGTH = 2000
REASON_LENGTH = 500
OUTCOMES = {
    Resolution.Outcome.REVIEWED: _("Reviewed"),
    Resolution.Outcome.REFERRED: _("Referred"),
    Resolution.Outcome.PLAN_CHANGED: _("Plan changed"),
    Resolution.Outcome.REACHED: _("Reached"),
    Resolution.Outcome.NO_ACTION: _("No action"),
}
OUTCOME_HINTS = {
    Resolution.Outcome.REVIEWED: _("spoke with or examined them"),
    Resolution.Outcome.REFERRED: _("to somebody else"),
    Resolution.Outcome.PLAN_CHANGED: _("by you or a colleague"),
    Resolution.Outcome.REACHED: _("nothing more needed"),
    Resolution.Outcome.NO_ACTION: _("was needed"),
}
PROFESSIONS = {
    Clearance.Profession.PHYSIOTHERAPIST: _("A physiotherapist"),
    Clearance.Profession.DOCTOR: _("A doctor"),
    Clearance.Profession.EMERGENCY: _("An emergency department"),
    Clearance.Profession.OTHER: _("Another professional"),
}


class PanelFilter(forms.Form):
    """What the panel is narrowed to; anything unreadable counts as not asked."""

    q = forms.CharField(required=False, max_length=80)
    group = forms.ChoiceField(required=False, choices=[(name, name) for name in ORDER])
    clinic = forms.UUIDField(required=False)
    phase = forms.ChoiceField(required=False, choices=[(name, name) for name in PHASES])
    who = forms.ChoiceField(required=False, choices=[("mine", "mine")])
    page = forms.IntegerField(required=False, min_value=1)

    def asked(self) -> dict:
        """The readable wishes, by name."""
        self.is_valid()
        return self.cleaned_data


class ViewForm(forms.Form):
    """A name for the way the panel is narrowed now."""

    name = forms.CharField(
        label=_("Name of this view"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Give the view a name."),
            "max_length": _("Use a name of at most 40 characters."),
        },
    )


class DutyForm(forms.Form):
    """Somebody on duty, or off."""

    member = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    wish = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])

    @property
    def is_on(self) -> bool:
        """On duty rather than off."""
        return self.cleaned_data["wish"] == "on"


class HandOverForm(forms.Form):
    """To whom."""

    colleague = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class AcknowledgeForm(forms.Form):
    """I have this."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="take_%s", **kwargs)

    note = forms.CharField(
        label=_("Note for your colleagues"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TakeOverForm(AcknowledgeForm):
    """I have this now, instead of whom I saw having it."""

    holder = forms.UUIDField(widget=forms.HiddenInput)


class ResolveForm(forms.Form):
    """How it ended."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="close_%s", **kwargs)

    outcome = forms.ChoiceField(
        label=_("What happened"),
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    note = forms.CharField(
        label=_("What was done"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a short note on what was done.")},
    )


class OverrideForm(forms.Form):
    """Another phase for a while, with a reason the patient reads."""

    phase = forms.ChoiceField(
        label=_("Phase"), widget=forms.RadioSelect, error_messages={"required": _("Choose a phase.")}
    )
    run_level = forms.ChoiceField(label=_("Run level"), required=False, help_text=_("Only for the return to running."))
    expires_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day it holds. The plan’s own rules take over the day after."),
        error_messages={"required": _("Choose an end date."), "invalid": _("Enter a date, for example 2026-05-18.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give a reason. The patient will read it.")},
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = [(phase.key, phase.title) for phase in plan.phases]
        self.fields["run_level"].choices = [("", _("None")), *((level.key, level.key) for level in plan.run_levels)]


class ClearanceForm(forms.Form):
    """A professional has looked at the warning sign."""

    profession = forms.ChoiceField(
        label=_("Who examined them?"),
        choices=list(PROFESSIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who examined them.")},
    )
    assessed_on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Enter the day they were seen."),
            "invalid": _("Enter a date, for example 2026-05-18."),
        },
    )
    note = forms.CharField(
        label=_("Note for your colleagues"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteForm(forms.Form):
    """One patient's address; the answer is the same whether or not we know it."""

    clinic = forms.ModelChoiceField(Clinic.objects.none(), label=_("Clinic"), empty_label=None)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter an e-mail address.")},
    )

    def __init__(self, *args, clinics, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clinic"].queryset = clinics
        self.fields["clinic"].initial = clinics.first()
        plans = offered()
        if len(plans) > 1:
            self.fields["plan"] = forms.ChoiceField(
                label=_("Plan they begin with"),
                choices=[(plan.key, plan.title) for plan in plans],
                initial=plans[0].key,
                required=False,
            )
