"""Who the made-up patient is, the coming day's answers, and a course to live through."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from recovery.rules.facts import PHASES
from recovery.rules.red_flags import TICKABLE
from recovery.services.made_up.courses import KEYS
from recovery.services.made_up.patient import MOST_DAYS, Beginning, Given
from recovery.web.rule_words import lazy_flag

SCALE = {"min_value": 0, "max_value": 10}
PAINS = ("average", "worst", "morning", "function")
SESSIONS = {"none": _("None planned"), "done": _("Done"), "part": _("Done in part"), "skipped": _("Skipped")}
MEDICINES = {"none": _("None"), "otc": _("From the shop"), "prescribed": _("Prescribed")}


def course_name(key: str) -> str:
    """A course of the cohort in words."""
    return render_to_string("recovery/plans/course_name.html", {"key": key}).strip()


def scale(label: str, *, required: bool = True) -> forms.IntegerField:
    """A number from 0 to 10; a slider beside it where scripts run."""
    field = forms.IntegerField(label=label, required=required, **SCALE)
    field.widget.attrs |= {"class": "input--s", "inputmode": "numeric", "data-slide": ""}
    return field


def number(label: str, low: int, high: int, initial: int, **options: Any) -> forms.IntegerField:
    """A whole number in a range."""
    field = forms.IntegerField(label=label, min_value=low, max_value=high, initial=initial, **options)
    field.widget.attrs |= {"class": "input--s", "inputmode": "numeric"}
    return field


class BeginningForm(forms.Form):
    """The starting questions, as far as the rules read them."""

    average = scale(_("Average pain at the start"))
    onset_days_ago = number(_("Days since the pain began"), 0, 365, 5)
    last_run_days_ago = number(_("Days since the last run"), 0, 365, 5, required=False)
    age = number(_("Age"), 16, 100, 34)
    first_episode = forms.BooleanField(label=_("First spell of back pain"), required=False)
    phase = forms.ChoiceField(label=_("Where to begin"), required=False)

    def __init__(self, data: Any, titles: dict[str, str]):
        super().__init__(data, initial={"average": 5})
        self.fields["phase"].choices = [("", _("Where the answers lead")), *((key, titles[key]) for key in PHASES)]

    def beginning(self) -> Beginning:
        """The answers as the service takes them."""
        return Beginning(**self.cleaned_data)


class DayForm(forms.Form):
    """One day's answers; `days` gives the same answers several days running."""

    average = scale(_("Average pain"))
    worst = scale(_("Worst pain"))
    morning = scale(_("On getting up"))
    function = scale(_("Normal day"))
    session = forms.ChoiceField(label=_("Session"), choices=list(SESSIONS.items()), initial="none")
    pain = scale(_("Session pain"), required=False)
    stopped = forms.BooleanField(label=_("Stopped or moved differently"), required=False)
    brisk_walk = forms.BooleanField(label=_("A brisk walk of 30 minutes"), required=False)
    medicine = forms.ChoiceField(label=_("Pain medicine"), choices=list(MEDICINES.items()), initial="none")
    woken = forms.BooleanField(label=_("Woken by pain"), required=False)
    confidence = scale(_("Confidence"), required=False)
    flag = forms.ChoiceField(label=_("Warning sign or caution"), required=False)
    ready = forms.BooleanField(label=_("Passes the readiness checklist"), required=False)
    seen = forms.BooleanField(label=_("A professional has looked"), required=False)
    days = number(_("For how many days"), 1, 28, 1)

    def __init__(self, data: Any, before: dict | None, average: int):
        super().__init__(data, initial=_as_before(before, average))
        self.fields["flag"].choices = [("", _("None")), *((code, lazy_flag(code, "clinician")) for code in TICKABLE)]

    def clean(self) -> dict:
        """A worst pain below the average, or pain in a session that did not take place, is a slip."""
        given = super().clean() or {}
        if None not in (given.get("average"), given.get("worst")) and given["worst"] < given["average"]:
            self.add_error("worst", _("The worst pain cannot be below the average."))
        took_place = given.get("session") in ("done", "part")
        if took_place and given.get("pain") is None:
            self.add_error("pain", _("Say how much it hurt in the session, from 0 to 10."))
        return given

    def given(self) -> Given:
        """The answers as the service takes them."""
        asked = self.cleaned_data
        took_place = asked["session"] in ("done", "part")
        session = {"status": asked["session"], "pain": asked["pain"] if took_place else None}
        session |= {name: took_place and asked[name] for name in ("stopped", "brisk_walk")}
        answers = {name: asked[name] for name in (*PAINS, "medicine", "woken", "confidence")}
        answers |= {"session": session, "red_flags": [asked["flag"]] if asked["flag"] else []}
        return Given(answers, ready=asked["ready"], seen=asked["seen"])


class CourseForm(forms.Form):
    """One of the cohort's courses, for some days."""

    course = forms.ChoiceField(label=_("Course"), choices=lambda: [(key, course_name(key)) for key in KEYS])
    length = number(_("For how many days"), 1, MOST_DAYS, 28)


def _as_before(before: dict | None, average: int) -> dict:
    """The day before as a start for the next; what happened once is not repeated."""
    if before is None:
        return dict.fromkeys(PAINS, average) | {"session": "none", "medicine": "none"}
    session = before["session"]
    kept = {name: before[name] for name in (*PAINS, "medicine", "woken", "confidence")}
    return kept | {"session": session["status"], **{name: session[name] for name in ("pain", "stopped", "brisk_walk")}}
