"""What a patient may set for themselves."""

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.fields import known_time_zones

from .fields import PageForm

THEMES = [(User.Theme.AUTO, _("Auto")), (User.Theme.LIGHT, _("Light")), (User.Theme.DARK, _("Dark"))]


class ReminderForm(PageForm):
    """Whether, when and on which days we ask for a check-in."""

    is_on = forms.BooleanField(required=False)
    at = forms.TimeField(
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Enter a time, such as 19:00."), "invalid": _("Enter a time, such as 19:00.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        choices=list(WEEKDAYS_ABBR.items()), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self):
        """A reminder that is on needs a day."""
        given = super().clean()
        if given.get("is_on") and not given.get("weekdays"):
            self.add_error("weekdays", _("Choose at least one day, or switch the reminder off."))
        return given


class PreferencesForm(PageForm):
    """Name, time zone, appearance and language."""

    display_name = forms.CharField(
        max_length=80, required=False, error_messages={"max_length": _("Keep the name to 80 characters.")}
    )
    time_zone = forms.ChoiceField(
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in sorted(known_time_zones())],
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )
    theme = forms.ChoiceField(choices=THEMES, widget=forms.RadioSelect)
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)
