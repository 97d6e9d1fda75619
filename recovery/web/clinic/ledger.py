"""Everything that was sent about one patient, to whomever, in pages."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.models import OutboxMessage
from recovery.services.attention import DELIVERED_WITHIN
from recovery.web.paging import page_of

from .doors import clinic_page, find_episode


@never_cache
@clinic_page
@require_safe
def show(request, episode_id):
    """The newest first; the oldest can be reached."""
    episode = find_episode(request, episode_id)
    sent = OutboxMessage.objects.about(episode).select_related("recipient").prefetch_related("deliveries")
    found = page_of(sent.order_by("-created_at", "pk"), request.GET.get("page"))
    late_before = timezone.now() - DELIVERED_WITHIN
    context = {"tab": "panel", "episode": episode, "page": found, "ledger": found.rows, "late_before": late_before}
    return render(request, "recovery/clinic/ledger_page.html", context)
