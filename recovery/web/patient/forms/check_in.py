"""The daily check-in: seven short answers, and a few more when they are due."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.fields import known_time_zones
from recovery.models import CheckIn
from recovery.rules.facts import CheckInFact, InvalidFact, SessionFact
from recovery.rules.red_flags import FLAGS
from recovery.web.rule_words import lazy_flag

from .fields import PainField, add_invalid
from .rotating import RotatingForm, run_as_shown

DONE = ("done", "part")
ALSO_WORTH_TELLING = ("CA1", "CA2", "CA5")
WARNING_SIGNS = [(code, lazy_flag(code)) for code in (*FLAGS, *ALSO_WORTH_TELLING)]
FIELD_OF = {
    "session.pain": "session_pain",
    "session.status": "session_status",
    "session.stopped": "session_stopped",
    "session.brisk_walk": "brisk_walk",
    "id": "key",
}
SESSION = [
    ("done", _("Done")),
    ("part", _("In part")),
    ("skipped", _("Skipped")),
    ("none", _("None planned")),
]
MEDICINE = [("none", _("None")), ("otc", _("From the shop")), ("prescribed", _("Prescribed"))]


class CheckInForm(RotatingForm):
    """One day's answers; `needs_medicine` and `asks_recall` follow from the phase and the days before."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(
        widget=forms.HiddenInput, error_messages={"required": _("This form lost its day. Open it again from Today.")}
    )
    time_zone = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput({"data-time-zone": True, "autocomplete": "off"})
    )
    average = PainField(missing=_("Say how your back was on average: choose a number from 0 to 10."))
    worst = PainField(missing=_("Say how it was at its worst: choose a number from 0 to 10."))
    morning = PainField(missing=_("Say how it was when you got up: choose a number from 0 to 10."))
    function = PainField(missing=_("Say how hard your normal day was: choose a number from 0 to 10."))
    yesterday_morning = PainField(missing=_("Say how yesterday morning was: choose a number from 0 to 10."))
    session_status = forms.ChoiceField(
        choices=SESSION,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how today’s session went.")},
    )
    session_pain = PainField(required=False)
    session_stopped = forms.BooleanField(required=False)
    brisk_walk = forms.BooleanField(required=False)
    medicine = forms.ChoiceField(
        choices=MEDICINE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you took pain medicine.")},
    )
    woken = forms.BooleanField(required=False)
    worried = forms.ChoiceField(
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer “No”, or “Yes” and tick what applies.")},
    )
    red_flags = forms.MultipleChoiceField(choices=WARNING_SIGNS, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, needs_medicine=False, asks_recall=False, **options):
        super().__init__(*args, **options)
        self.fields["medicine"].required = needs_medicine
        if not asks_recall:
            del self.fields["yesterday_morning"]

    @classmethod
    def prefilled(cls, stored: CheckIn, **options) -> "CheckInForm":
        """The form with what was stored, to correct it."""
        names = [name for name in cls.base_fields if hasattr(stored, name)]
        initial = {name: getattr(stored, name) for name in names}
        initial |= {"worried": "yes" if stored.red_flags else "no", **run_as_shown(stored)}
        return cls(initial=initial, **options)

    def clean_key(self):
        """The form's own id; a form that lost it gets a new one."""
        return self.cleaned_data["key"] or uuid4()

    def clean_time_zone(self):
        """The device's zone when it is one we know, else nothing."""
        zone = self.cleaned_data["time_zone"]
        return zone if zone in known_time_zones() else ""

    def clean(self):
        """What one question alone cannot tell."""
        given = super().clean()
        self._check_worst(given)
        self._check_session(given)
        self._check_signs(given)
        return given

    def fact(self) -> CheckInFact | None:
        """The answers as the rules read them; None, with a sentence added, when they do not fit together."""
        given = self.cleaned_data
        try:
            return CheckInFact(
                day=given["day"],
                session=self._session(),
                medicine=given["medicine"] or "none",
                woken=given["woken"],
                red_flags=tuple(given["red_flags"]),
                yesterday_morning=given.get("yesterday_morning"),
                confidence=given["confidence"],
                mood=given["mood"],
                **{name: given[name] for name in ("average", "worst", "morning", "function")},
            )
        except InvalidFact as invalid:
            add_invalid(self, invalid, FIELD_OF)
            return None

    def _session(self) -> SessionFact:
        given = self.cleaned_data
        if given["session_status"] not in DONE:
            return SessionFact(given["session_status"])
        return SessionFact(
            given["session_status"], given["session_pain"], given["session_stopped"], given["brisk_walk"]
        )

    def _check_worst(self, given):
        average, worst = given.get("average"), given.get("worst")
        if average is not None and worst is not None and worst < average:
            sentence = _("The worst cannot be below the average. You said %(average)s on average.")
            self.add_error("worst", sentence % {"average": average})

    def _check_session(self, given):
        is_asked = given.get("session_status") in DONE and "session_pain" not in self.errors
        if is_asked and given.get("session_pain") is None:
            self.add_error(
                "session_pain", _("Say how much your back hurt during the session: choose a number from 0 to 10.")
            )

    def _check_signs(self, given):
        ticked = given.get("red_flags")
        if given.get("worried") == "yes" and not ticked and "red_flags" not in self.errors:
            self.add_error("red_flags", _("Tick what applies, or answer “No” above."))
        if given.get("worried") == "no" and ticked:
            self.add_error("worried", _("You answered “No” and ticked a sign. Choose “Yes”, or untick it."))
