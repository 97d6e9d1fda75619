"""What people type on the pages of this app."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..models import User
from ..models.fields import known_time_zones


class SignupFields(forms.Form):
    """What signing up asks besides address and password; the time zone is filled in by the device."""

    display_name = forms.CharField(label=_("Name"), max_length=80, required=False)
    time_zone = forms.CharField(
        max_length=64,
        required=False,
        widget=forms.HiddenInput({"data-time-zone": True, "autocomplete": "off"}),
    )

    def clean_time_zone(self):
        """An unknown or missing zone becomes UTC: nobody is turned away for it, the intake asks again."""
        zone = self.cleaned_data["time_zone"]
        return zone if zone in known_time_zones() else "UTC"

    def signup(self, request, user):
        """Called by allauth when the account has been made."""
        user.display_name = self.cleaned_data["display_name"]
        user.time_zone = self.cleaned_data["time_zone"]
        user.language = get_language() or user.language
        user.role = User.Role.PATIENT
        user.save(update_fields=["display_name", "time_zone", "language", "role"])


class AcceptInvitationForm(forms.Form):
    """Agreement to share; asks whether the invitation is theirs when it was sent to another address."""

    is_mine = forms.BooleanField(
        label=_("It was meant for me"), error_messages={"required": _("Tick the box if that is right.")}
    )

    def __init__(self, *args, is_for_this_address, **options):
        super().__init__(*args, **options)
        if is_for_this_address:
            del self.fields["is_mine"]
