"""What the phone's worker asks for."""

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services.marks import mark_of
from recovery.web.access import episode_required

from ..presenters.kept import kept_pages, stamp_of


@never_cache
@episode_required
@require_safe
def pages(request):
    """The pages to keep for this person, and a stamp that tells whether they are worth fetching again."""
    now = timezone.now()
    addresses = kept_pages(request.episode, now)
    stamp = stamp_of(request.episode, addresses, now)
    return JsonResponse({"person": mark_of(request.user), "stamp": stamp, "pages": addresses})
