"""Progress."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.web.access import episode_required

from ..day import today_of
from ..presenters.progress import USUAL_SPAN, progress_page


@never_cache
@episode_required
@require_safe
def progress(request):
    """The road, the pain chart and what was decided."""
    span = request.GET.get("show", USUAL_SPAN)
    page = progress_page(request.episode, today_of(request.user, timezone.now()), span)
    return render(request, "recovery/patient/progress.html", {"page": page})
