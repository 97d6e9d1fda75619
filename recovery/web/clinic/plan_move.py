"""Moving one patient to the newest version of their plan, after a look at what that would mean."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recovery.models import PlanVersion
from recovery.services import plan_moves
from recovery.services.plan_move_previews import beside
from recovery.services.plan_specs import spec_of
from recovery.services.refusals import Refused

from .doors import clinic_page, find_episode


@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, episode_id):
    """Shows the last check-in under both versions; a second tap moves the patient."""
    episode = find_episode(request, episode_id)
    newest = PlanVersion.objects.newest(episode.plan_version.plan.key)
    if request.method == "POST":
        _move(request, episode, newest)
        return redirect("clinic:patient", episode.pk)
    if (reason := plan_moves.why_not(episode, newest)) is not None:
        messages.error(request, Refused(reason).sentence)
        return redirect("clinic:patient", episode.pk)
    found = beside(episode, spec_of(newest.pk))
    before, after = found.as_json() if found else (None, None)
    context = {"tab": "panel", "episode": episode, "newest": newest, "before": before, "after": after}
    return render(request, "recovery/clinic/plan_move.html", context)


def _move(request, episode, newest) -> None:
    try:
        moved = plan_moves.ask_one(episode.pk, newest, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return
    said = _("Moved. The new version decides from today.") if moved else _("Asked for. The new version decides soon.")
    messages.success(request, said)
