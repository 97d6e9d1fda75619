"""Views of the panel a clinician saved under a name."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recovery.services import workspace
from recovery.services.refusals import Refused

from .doors import clinic_page
from .forms import PanelFilter, ViewForm

KEPT = ("group", "clinic", "phase", "who")  # never the search: it may be a patient's name


@clinic_page
@require_POST
def save(request):
    """Keeps how the panel is narrowed now."""
    query, form = _kept(request.POST.get("query", "")), ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["name"][0])
        return _panel(query)
    try:
        workspace.save_view(request.user, form.cleaned_data["name"], query, timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Saved. You find it under Saved views."))
    return _panel(query)


@clinic_page
@require_POST
def forget(request, view_id):
    """Removes one of my own views."""
    workspace.forget_view(get_object_or_404(request.user.saved_views, pk=view_id))
    messages.success(request, _("Removed."))
    return redirect("clinic:panel")


def _kept(query: str) -> str:
    """The readable wishes of an address, without the name searched for."""
    asked = PanelFilter(QueryDict(query[:2000])).asked()
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if asked.get(name):
            kept[name] = str(asked[name])
    return kept.urlencode()


def _panel(query: str):
    return redirect(reverse("clinic:panel") + (f"?{query}" if query else ""))
