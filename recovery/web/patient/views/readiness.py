"""The readiness checklist before the first run."""

from http import HTTPStatus

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from recovery.services import episodes
from recovery.web.access import episode_required

from ..answers import posted, say, see_other
from ..forms.readiness import ReadinessForm, names_of


@never_cache
@episode_required
@require_http_methods(["GET", "HEAD", "POST"])
def readiness(request):
    """Six short tests, both sides; passed when all are."""
    if request.episode.is_stopped or request.episode.awaiting_intake:
        return redirect("patient:today")
    form = ReadinessForm(posted(request))
    if request.method == "POST" and form.is_valid():
        check = episodes.record_readiness(request.user, form.passed(), timezone.now())
        say(request, "ready" if check.is_passed else "not_ready_yet")
        return see_other("patient:today")
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    tests = [(item, [form[name] for name in names_of(item)]) for item in episodes.READINESS_ITEMS]
    return render(request, "recovery/patient/readiness.html", {"form": form, "tests": tests}, status=status)
