"""Staying well after the road back, and what to do when it flares up."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.models import CheckIn
from recovery.web.access import episode_required
from recovery.web.articles import articles_for

from ..day import today_of
from ..forms.prevention import LoadForm, SidesForm
from ..presenters.prevention import PREVENTION, load_of, prevention_page


@never_cache
@episode_required
@require_safe
def prevention(request):
    """The weekly rhythm; the two small sums are done in the address and kept nowhere."""
    if request.episode.is_stopped or request.episode.phase != PREVENTION:
        return redirect("patient:today")
    page = prevention_page(request.episode, today_of(request.user, timezone.now()))
    load, sides = LoadForm(_asked(request, "longest")), SidesForm(_asked(request, "sides"))
    context = {"page": page, "load_form": load, "sides_form": sides}
    if load.is_bound and load.is_valid():
        given = load.cleaned_data
        context["load"] = load_of(given["longest"], given["planned"], page.cap_percent / 100)
    if sides.is_bound and sides.is_valid():
        context["sides"] = sides.uneven()
    return render(request, "recovery/patient/prevention.html", context)


@never_cache
@episode_required
@require_safe
def flare(request):
    """The back is worse again: what to do today, and what the plan will do."""
    if request.episode.is_stopped:
        return redirect("patient:stop")
    today = today_of(request.user, timezone.now())
    is_filled = CheckIn.objects.standing().filter(episode=request.episode, day=today).exists()
    page = prevention_page(request.episode, today)
    context = {
        "page": page,
        "today": today,
        "is_filled": is_filled,
        "is_beyond": request.episode.phase == PREVENTION,
        "articles": articles_for("flare"),
    }
    return render(request, "recovery/patient/flare.html", context)


def _asked(request, name: str):
    return request.GET if name in request.GET else None
