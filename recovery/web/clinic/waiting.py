"""Messages nobody has answered yet, the longest waiting first."""

from django.db.models import OuterRef, Subquery
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import note_shown
from recovery.models import Episode, Thread

from .doors import clinic_page

SHOWN = 200


@never_cache
@clinic_page
@require_safe
def show(request):
    """Who wrote and waits, with the way to the conversation."""
    episode = Episode.objects.filter(patient=OuterRef("patient")).order_by("-opened_at").values("pk")[:1]
    found = waiting_for(request.user).select_related("patient", "clinic").annotate(episode_id=Subquery(episode))
    rows = list(found.order_by("waiting_since", "pk")[:SHOWN])
    note_shown(request, [row.patient_id for row in rows])
    return render(request, "recovery/clinic/waiting.html", {"tab": "panel", "rows": rows, "now": timezone.now()})


def waiting_for(clinician):
    """Conversations this clinician may read in which the patient had the last word."""
    return Thread.objects.visible_to(clinician).waiting()
