"""The team of a clinic: who is on duty, going on and off duty, handing over."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import note_shown
from recovery.services import duty as service
from recovery.services.refusals import Refused

from .doors import clinic_page
from .forms import DutyForm, HandOverForm


@never_cache
@clinic_page
@require_safe
def show(request):
    """Everybody who works in my clinics, who answers for each now, and what is open there."""
    teams = service.teams_of(request.user)
    if not teams:
        return render(request, "recovery/clinic/no_clinic.html", {"tab": "team"})
    note_shown(request, {row.episode.patient_id for team in teams for row in team.open})
    return render(request, "recovery/clinic/team.html", {"teams": teams, "tab": "team"})


@clinic_page
@require_POST
def duty(request):
    """On duty from now on, or no longer: myself, or somebody whose clinic I lead."""
    form = DutyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That was not understood. Load the page again and use its buttons."))
        return redirect("clinic:team")
    try:
        member = service.change(request.user, form.cleaned_data["member"], form.is_on, timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _said(member, request.user))
    return redirect("clinic:team")


@clinic_page
@require_POST
def hand_over(request):
    """A colleague answers from now on instead of me."""
    form = HandOverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a colleague to hand over to."))
        return redirect("clinic:team")
    try:
        colleague = service.hand_over(request.user, form.cleaned_data["colleague"], timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        words = _("Handed over. %(name)s is on duty and gets a message. You are off duty.")
        messages.success(request, words % {"name": colleague.user.name})
    return redirect("clinic:team")


def _said(member, reader) -> str:
    if member.user_id == reader.pk:
        return _("You are on duty now.") if member.on_duty else _("You are off duty now.")
    words = _("%(name)s is on duty now.") if member.on_duty else _("%(name)s is off duty now.")
    return words % {"name": member.user.name}
