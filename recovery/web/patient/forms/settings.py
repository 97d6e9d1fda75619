"""What a patient may set for themselves."""

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.fields import known_time_zones

from .fields import PageForm

THEMES = [(User.Theme.AUTO, _("Auto")), (User.Theme.LIGHT, _("Light")), (User.Theme.DARK, _("Dark"))]


class ClockField(forms.TimeField):
    """A wall-clock time."""

    def __init__(self, **options):
        sentence = _("Enter a time, such as 19:00.")
        options.setdefault("widget", forms.TimeInput({"type": "time"}, format="%H:%M"))
        super().__init__(error_messages={"required": sentence, "invalid": sentence}, **options)


class ReminderForm(PageForm):
    """Whether, when and how often we ask for a check-in, and when never."""

    is_on = forms.BooleanField(required=False)
    by_email = forms.BooleanField(required=False)
    at = ClockField()
    weekdays = forms.TypedMultipleChoiceField(
        choices=list(WEEKDAYS_ABBR.items()), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    quiet_from = ClockField(required=False)
    quiet_until = ClockField(required=False)
    is_repeated = forms.BooleanField(required=False)
    daily_cap = forms.TypedChoiceField(choices=[(n, n) for n in range(1, 6)], coerce=int)
    paused_until = forms.DateField(
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": _("Enter a day, such as 2026-03-31.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["daily_cap"].required = not self.is_bound or "daily_cap" in self.data

    def clean(self):
        """A reminder that is on needs a day."""
        given = super().clean()
        if given.get("is_on") and not given.get("weekdays"):
            self.add_error("weekdays", _("Choose at least one day, or switch the reminder off."))
        return given

    @property
    def wish(self) -> dict:
        """What was chosen; a question the page did not ask is left out."""
        kept = {"is_on", "at", "weekdays", "is_repeated"} | set(self.data)
        return {name: value for name, value in self.cleaned_data.items() if name in kept and name != "by_email"}


class ZoneForm(forms.Form):
    """Whether to live by the clocks of the place the phone is in."""

    time_zone = forms.ChoiceField(choices=lambda: [(zone, zone) for zone in known_time_zones()])
    answer = forms.ChoiceField(choices=[("move", ""), ("stay", "")])


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
