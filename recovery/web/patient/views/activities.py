"""Today's activities, and one exercise."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.web.access import episode_required

from ..day import today_of
from ..presenters.activities_page import activities_page
from ..presenters.exercise import exercise_page


@never_cache
@episode_required
@require_safe
def activities(request):
    """What the plan asks for today; nothing while the plan is off."""
    if request.episode.is_stopped:
        return redirect("patient:stop")
    page = activities_page(request.episode, today_of(request.user, timezone.now()))
    return render(request, "recovery/patient/activities.html", {"page": page})


@never_cache
@episode_required
@require_safe
def exercise(request, code):
    """How to do one exercise, how much of it, and when to stop."""
    if request.episode.is_stopped:
        return redirect("patient:stop")
    page = exercise_page(request.episode, code.upper(), today_of(request.user, timezone.now()))
    if page is None:
        raise Http404
    return render(request, "recovery/patient/exercise.html", {"page": page})
