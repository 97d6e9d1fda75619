"""What the phone's worker asks for."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services.marks import mark_of
from recovery.models import Episode
from recovery.services import heartbeat, rhythm
from recovery.web.access import episode_required, patient_required

from ..day import today_of
from ..presenters.activities_page import activities_page
from ..presenters.check_in import is_filled
from ..presenters.kept import kept_pages, stamp_of
from ..presenters.stop import emergency_number, urgent_care_number


@never_cache
@patient_required
@require_safe
def waiting(request):
    """What waits on this phone, which only the phone knows, beside what to do today."""
    episode = Episode.objects.of(request.user).open().select_related("plan_version__plan").first()
    context = {"emergency": emergency_number(), "urgent_care": urgent_care_number()}
    if episode is not None:
        episode.patient = request.user
        today = today_of(request.user, timezone.now())
        context |= {"episode": episode, "day": today, "is_filled": is_filled(episode, today)}
        context["next_on"] = rhythm.next_check_in(episode, today)
        if not episode.is_stopped:
            context["page"] = activities_page(episode, today)
    return render(request, "recovery/patient/waiting.html", context)


@never_cache
@episode_required
@require_safe
def pages(request):
    """The pages to keep, a stamp that tells whether they are worth fetching again, and when a backup was put back."""
    now = timezone.now()
    addresses = kept_pages(request.episode, now)
    stamp = stamp_of(request.episode, addresses, now)
    restored = heartbeat.last(heartbeat.RESTORED)
    epoch = restored.isoformat() if restored else ""
    return JsonResponse({"person": mark_of(request.user), "stamp": stamp, "epoch": epoch, "pages": addresses})
