"""What a check-in asks only now and then: each question may be left empty."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.models import CheckIn
from recovery.rules.facts import SessionFact
from recovery.rules.rotation import FARTHEST_RUN, LONGEST_RUN, RunDetails
from recovery.rules.rotation import Rotating as Answers

from .fields import PageForm, PainField

METRES = 1000
STIFFNESS = [
    ("under_10", _("Less than 10 minutes")),
    ("10_to_30", _("10 to 30 minutes")),
    ("over_30", _("More than 30 minutes")),
]
SIDES = [("none", _("No difference")), ("left", _("The left side")), ("right", _("The right side"))]
SURFACES = [
    ("road", _("Road")),
    ("trail", _("Trail")),
    ("track", _("Track")),
    ("treadmill", _("Treadmill")),
    ("mixed", _("Mixed")),
]
HILLS = [("yes", _("Yes")), ("no", _("No"))]
SHOES = [("same", _("The same")), ("new", _("New ones"))]
MINUTES = _("Enter whole minutes from 1 to 600, or leave it empty.")
KILOMETRES = _("Enter kilometres from 0.1 to 200, such as 4.5, or leave it empty.")


def choice(choices) -> forms.ChoiceField:
    """One of a few, or nothing."""
    return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)


class RotatingForm(PageForm):
    """The questions that rotate, and what is asked after a run."""

    stiffness = choice(STIFFNESS)
    sleep = PainField(required=False)
    confidence = PainField(required=False)
    mood = PainField(required=False)
    activity = PainField(required=False)
    sides = choice(SIDES)
    run_minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LONGEST_RUN,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), MINUTES),
    )
    run_km = forms.DecimalField(
        required=False,
        min_value=Decimal("0.1"),
        max_value=FARTHEST_RUN // METRES,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), KILOMETRES),
        localize=True,
    )
    run_surface = choice(SURFACES)
    run_hills = choice(HILLS)
    run_shoes = choice(SHOES)

    def rotating(self, session: SessionFact) -> Answers:
        """The answers as the service takes them; a run counts only beside a session that took place."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("sleep", "activity")}
        chosen = {name: given[name] or None for name in ("stiffness", "sides")}
        return Answers(**told, **chosen, run=self._run() if session.took_place else RunDetails())

    def _run(self) -> RunDetails:
        given = self.cleaned_data
        km, hills = given["run_km"], given["run_hills"]
        return RunDetails(
            minutes=given["run_minutes"],
            metres=None if km is None else round(km * METRES),
            surface=given["run_surface"] or None,
            hills=hills == "yes" if hills else None,
            shoes=given["run_shoes"] or None,
        )


def run_as_shown(stored: CheckIn) -> dict:
    """The stored run in the form's own units."""
    return {
        "run_km": None if stored.run_metres is None else Decimal(stored.run_metres) / METRES,
        "run_hills": {True: "yes", False: "no"}.get(stored.run_hills, ""),
    }
