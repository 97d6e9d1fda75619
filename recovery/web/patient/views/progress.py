"""Progress, and the summary to take to a doctor."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.web.access import episode_required
from recovery.web.documents.sheet import pdf

from ..day import today_of
from ..presenters.place import phase_title
from ..presenters.progress import USUAL_SPAN, progress_page
from ..presenters.summary import summary_page


@never_cache
@episode_required
@require_safe
def progress(request):
    """The road, the pain chart and what was decided."""
    span = request.GET.get("show", USUAL_SPAN)
    page = progress_page(request.episode, today_of(request.user, timezone.now()), span)
    return render(request, "recovery/patient/progress.html", {"page": page})


@never_cache
@episode_required
@require_safe
def summary(request):
    """One page in numbers, to show or to print."""
    page = summary_page(request.episode, today_of(request.user, timezone.now()))
    return render(request, "recovery/patient/summary.html", {"page": page})


@never_cache
@episode_required
@require_safe
def summary_pdf(request):
    """The same page as a PDF, to send or to keep."""
    page = summary_page(request.episode, today_of(request.user, timezone.now()))
    made = pdf("documents/summary.xml", {"page": page, "chart": page.chart, "label": _label})
    name = f'attachment; filename="backstride-summary-{page.made_on:%Y-%m-%d}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


def _label(what) -> str:
    """The words under and in the chart: a phase by its number, else a day."""
    return phase_title(str(what)) if isinstance(what, int) else date_format(what, "j M")
