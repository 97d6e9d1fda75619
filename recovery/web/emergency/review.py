"""An admin looks at who opened a record in an emergency; the record itself stays closed to them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import note_shown
from recovery.models import EmergencyAccess
from recovery.services import emergencies
from recovery.services.refusals import Refused
from recovery.web.access import admin_required
from recovery.web.clinic.doors import add_refusal

from .forms import ReviewForm

SHOWN = 50


def accesses():
    """Every emergency access with who opened it and what was found."""
    return EmergencyAccess.objects.select_related("opened_by", "review__made_by")


@never_cache
@admin_required
@require_safe
def waiting(request):
    """What nobody has looked at yet, the oldest first, and the newest of the rest; no patient is named."""
    now = timezone.now()
    context = {
        "tab": "emergencies",
        "late_before": now - emergencies.REVIEWED_WITHIN,
        "waiting": accesses().unreviewed().order_by("opened_at"),
        "reviewed": accesses().filter(review__isnull=False)[:SHOWN],
    }
    with timezone.override(request.user.zone):
        return render(request, "recovery/emergency/waiting.html", context)


@never_cache
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, access_id):
    """One access: what was written, and what the admin found."""
    access = get_object_or_404(accesses(), pk=access_id)
    note_shown(request, [access.patient_id])
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            emergencies.review(access.pk, request.user, **form.cleaned_data, now=timezone.now())
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Recorded. It stays as it is."))
            return redirect("emergency:waiting")
    context = {"tab": "emergencies", "access": access, "form": form}
    with timezone.override(request.user.zone):
        return render(request, "recovery/emergency/review.html", context, status=400 if form.errors else 200)
