"""Stricter limits for one patient: which there are, setting one with a reason they read, and ending it."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from recovery.rules.reminders import local_day
from recovery.rules.tightening import Limit
from recovery.services import tightenings
from recovery.services.refusals import Refused
from recovery.web.limit_words import named
from recovery.web.patient.presenters.place import phase_title
from recovery.web.plans.names import PARAMETERS

from .doors import add_refusal, clinic_page, find_episode
from .forms import REASON_LENGTH


class LimitForm(forms.Form):
    """Which number, how strict, until when, and why."""

    place = forms.ChoiceField(label=gettext_lazy("Limit"), error_messages={"required": gettext_lazy("Choose a limit.")})
    number = forms.IntegerField(
        label=gettext_lazy("For this patient"),
        min_value=0,
        max_value=28,
        error_messages={
            "required": gettext_lazy("Enter a number."),
            "invalid": gettext_lazy("Enter a whole number."),
        },
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose an end date."),
            "invalid": gettext_lazy("Enter a date, for example 2026-05-18."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give a reason. The patient will read it.")},
    )

    def __init__(self, *args, limits: list[Limit], **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {_value(limit): limit.place for limit in limits}
        phases = dict.fromkeys(limit.phase for limit in limits)
        self.fields["place"].choices = [
            (phase_title(phase), [(_value(each), _words(each)) for each in limits if each.phase == phase])
            for phase in phases
        ]


@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request, episode_id):
    """The stricter limits in force, and a form for one more."""
    episode, now = find_episode(request, episode_id), timezone.now()
    form = LimitForm(request.POST or None, limits=tightenings.limits_for(episode))
    if request.method == "POST" and form.is_valid() and _tighten(request, episode, form, now):
        messages.success(request, _("Set. Your reason is on their screen, with your name."))
        return redirect("clinic:limits", episode.pk)
    today = local_day(now, episode.patient.zone)
    context = {
        "tab": "panel",
        "episode": episode,
        "form": form,
        "standing": named(tightenings.standing(episode, today)),
    }
    return render(request, "recovery/clinic/limits.html", context, status=400 if form.errors else 200)


@clinic_page
@require_POST
def end(request, episode_id, limit_id):
    """Ends a stricter limit before its time."""
    episode = find_episode(request, episode_id)
    row = get_object_or_404(episode.tightenings, pk=limit_id)
    try:
        tightenings.end(episode.pk, row.pk, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Ended. The plan’s own limit counts again from today."))
    return redirect("clinic:limits", episode.pk)


def _tighten(request, episode, form: LimitForm, now) -> bool:
    told = form.cleaned_data
    try:
        place = form.places[told["place"]]
        tightenings.tighten(episode.pk, place, told["number"], told["reason"], told["expires_on"], request.user, now)
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


def _value(limit: Limit) -> str:
    return "/".join(part or "" for part in limit.place)


def _words(limit: Limit) -> str:
    """A limit with what the plan says and how strict it may become."""
    name = capfirst(str(PARAMETERS[limit.condition][limit.parameter]))
    if limit.leads_to:
        name = _("%(name)s, to %(phase)s") % {"name": name, "phase": phase_title(limit.leads_to)}
    figures = {"name": name, "plan": limit.quantity.value, "strictest": limit.strictest}
    return _("%(name)s: plan %(plan)s, may be as strict as %(strictest)s") % figures
