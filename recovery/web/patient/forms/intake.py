"""The starting questions: warning signs, history, how it is now, and the running before it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.rules.red_flags import FLAGS
from recovery.services.episodes import IntakeAnswers
from recovery.web.rule_words import lazy_flag

from .fields import PageForm, PainField, TickField

ASKED_CAUTIONS = ("CA1", "CA2", "CA4", "CA5")
SIGNS = [(code, lazy_flag(code)) for code in FLAGS]
ALSO = [(code, lazy_flag(code)) for code in ASKED_CAUTIONS]
HISTORY = [
    ("pregnancy", _("I am pregnant, or gave birth in the last 3 months")),
    ("surgery_or_fracture", _("I had an operation on my spine or a broken bone there in the last 12 months")),
    ("cancer", _("I have, or have had, cancer")),
    ("inflammatory_arthritis", _("I have inflammatory arthritis, such as rheumatoid arthritis")),
    ("osteoporosis_fracture", _("I have weak bones and have broken one")),
    ("steroids", _("I have taken steroid tablets for 3 months or more")),
    ("weak_immunity", _("My immune system is weak, or I take medicine that weakens it")),
    ("anticoagulant", _("I take a blood thinner")),
    ("infection_or_procedure", _("I recently had a serious infection or a procedure on my spine")),
]
CHANGES = [
    ("shoes", _("New or different shoes")),
    ("volume", _("More running than before")),
    ("hills", _("More hills")),
    ("surface", _("Another surface")),
    ("speed", _("Faster runs")),
]
SYMPTOMS = [
    ("tight_hips", _("Tight hips or hamstrings")),
    ("one_side", _("One side weaker or tighter than the other")),
    ("spasm", _("Muscle cramp or spasm in the back")),
    ("stiff_morning", _("Stiff in the morning")),
    ("sitting", _("Worse after sitting")),
    ("bending", _("Worse on bending forward")),
]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
FIELD_OF = {"started_on": "onset_on"}


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class IntakeForm(PageForm):
    """One page, four sections; one answer at a time is checked here, what fits together by the service."""

    red_flags = TickField(choices=SIGNS)
    cautions = TickField(choices=ALSO)
    history = TickField(choices=HISTORY)
    professional_agreed = forms.BooleanField(required=False)
    average = PainField(missing=_("Say how your back is on average: choose a number from 0 to 10."))
    worst = PainField(missing=_("Say how it is at its worst: choose a number from 0 to 10."))
    morning = PainField(missing=_("Say how it was when you got up: choose a number from 0 to 10."))
    function = PainField(missing=_("Say how hard a normal day is: choose a number from 0 to 10."))
    onset_on = forms.DateField(
        widget=DayInput(),
        error_messages={
            "required": _("Enter the day your back pain began."),
            "invalid": _("Enter a day, such as 2026-03-14."),
        },
    )
    last_run_on = forms.DateField(
        widget=DayInput(),
        required=False,
        error_messages={"invalid": _("Enter a day, such as 2026-03-14, or leave it empty.")},
    )
    age = forms.IntegerField(
        min_value=0,
        max_value=120,
        error_messages={
            "required": _("Enter your age in years."),
            "invalid": _("Enter your age as a whole number, such as 34."),
            "min_value": _("Enter your age in years."),
            "max_value": _("Enter your age in years."),
        },
    )
    first_episode = forms.ChoiceField(
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether this is your first spell of back pain.")},
    )
    weekly_km = forms.IntegerField(
        min_value=0, max_value=400, required=False, error_messages={"invalid": _("Enter whole kilometres, such as 25.")}
    )
    longest_run_km = forms.IntegerField(
        min_value=0, max_value=200, required=False, error_messages={"invalid": _("Enter whole kilometres, such as 12.")}
    )
    recent_changes = forms.MultipleChoiceField(choices=CHANGES, required=False, widget=forms.CheckboxSelectMultiple)
    symptoms = forms.MultipleChoiceField(choices=SYMPTOMS, required=False, widget=forms.CheckboxSelectMultiple)

    def clean(self):
        """The worst is never below the average."""
        given = super().clean()
        average, worst = given.get("average"), given.get("worst")
        if average is not None and worst is not None and worst < average:
            sentence = _("The worst cannot be below the average. You said %(average)s on average.")
            self.add_error("worst", sentence % {"average": average})
        return given

    def answers(self) -> IntakeAnswers:
        """The answers as the service takes them."""
        given = self.cleaned_data
        plain = ("onset_on", "last_run_on", "age", "average", "worst", "morning", "function", "weekly_km")
        lists = ("red_flags", "cautions", "history", "symptoms", "recent_changes")
        return IntakeAnswers(
            first_episode=given["first_episode"] == "yes",
            longest_run_km=given["longest_run_km"],
            professional_agreed=given["professional_agreed"],
            **{name: given[name] for name in plain},
            **{name: tuple(given[name]) for name in lists},
        )
