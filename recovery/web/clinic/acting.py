"""Changing a patient's plan by hand: another phase for a while, its end, and a clearance after a warning sign."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from recovery.rules.reminders import local_day
from recovery.services import episodes
from recovery.services.plan_specs import spec_of
from recovery.services.refusals import Refused

from .doors import add_refusal, clinic_page, find_episode
from .forms import ClearanceForm, OverrideForm

form_page = require_http_methods(["GET", "HEAD", "POST"])


@clinic_page
@form_page
def override(request, episode_id):
    """Puts a patient in another phase until a day, with a reason they read."""
    episode, now = find_episode(request, episode_id), timezone.now()
    form = OverrideForm(
        request.POST or None,
        plan=spec_of(episode.plan_version_id),
        initial={"phase": episode.phase, "run_level": episode.run_level},
    )
    if request.method == "POST" and form.is_valid() and _override(request, episode, form, now):
        messages.success(request, _("Changed. Your reason is on their screen, with your name."))
        return redirect("clinic:patient", episode.pk)
    context = {"standing": episodes.standing_override(episode, local_day(now, episode.patient.zone))}
    return _form_page(request, "override", episode, form, context)


@clinic_page
@require_POST
def end_override(request, episode_id):
    """Ends a clinician's change before its time."""
    episode = find_episode(request, episode_id)
    try:
        episodes.end_override(episode.pk, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Ended. The plan’s own rules decide again from today."))
    return redirect("clinic:patient", episode.pk)


@clinic_page
@form_page
def clearance(request, episode_id):
    """Records that a professional has looked at the warning sign."""
    episode, now = find_episode(request, episode_id), timezone.now()
    form = ClearanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _clear(request, episode, form, now):
        messages.success(request, _("Recorded. The plan goes on carefully with the next check-in."))
        return redirect("clinic:patient", episode.pk)
    return _form_page(request, "clearance", episode, form, {})


def _override(request, episode, form, now) -> bool:
    wish = form.cleaned_data
    try:
        episodes.override(
            episode.pk, wish["phase"], wish["run_level"], wish["reason"], wish["expires_on"], request.user, now
        )
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


def _clear(request, episode, form, now) -> bool:
    told = form.cleaned_data
    try:
        episodes.record_clearance(episode.pk, told["profession"], told["assessed_on"], request.user, now, told["note"])
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


def _form_page(request, name: str, episode, form, context: dict):
    context |= {"episode": episode, "form": form, "tab": "panel"}
    return render(request, f"recovery/clinic/{name}.html", context, status=400 if form.errors else 200)
