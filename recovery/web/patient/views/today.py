"""Today."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.web.access import episode_required

from ..presenters.stop import stop_page
from ..presenters.today import today_page


@never_cache
@episode_required
@require_safe
def today(request):
    """The first page of every day."""
    now = timezone.now()
    context = {"page": today_page(request.episode, now)}
    if request.episode.is_stopped:
        context["stop"] = stop_page(request.episode, now)
    return render(request, "recovery/patient/today.html", context)
