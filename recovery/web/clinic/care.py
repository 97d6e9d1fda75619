"""Putting a patient on my own list, and taking them off it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recovery.services import workspace

from .doors import clinic_page, find_episode


@clinic_page
@require_POST
def change(request, episode_id):
    """On my list from now on, or no longer; colleagues see the patient as before."""
    episode, now = find_episode(request, episode_id), timezone.now()
    if request.POST.get("wish") == "leave":
        workspace.end_care(episode, request.user, now)
        messages.success(request, _("Taken off your list. Your clinic still sees them."))
    else:
        workspace.begin_care(episode, request.user, now)
        messages.success(request, _("On your list now. Choose “My list” on the people page to see only those."))
    return redirect("clinic:patient", episode.pk)
