"""The decision of a day."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.models import Decision
from recovery.web.access import episode_required

from ..day import today_of
from ..presenters.decision import decision_page


@never_cache
@episode_required
@require_safe
def decision(request, day):
    """What was decided on a day, why, and what would move them on."""
    now = timezone.now()
    rows = Decision.objects.standing().filter(episode=request.episode, day=day)
    found = rows.select_related("plan_version__plan", "supersedes").prefetch_related("findings").first()
    if found is None:
        raise Http404
    if found.outcome == "stop" and request.episode.is_stopped:
        return redirect("patient:stop")
    page = decision_page(request.episode, found, now, today_of(request.user, now))
    return render(request, "recovery/patient/decision.html", {"page": page})
