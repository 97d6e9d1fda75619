"""A clinician opens a record in an emergency, and reads it for an hour."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import note_shown
from accounts.step_up import confirmed
from recovery.models import EmergencyAccess
from recovery.services import emergencies
from recovery.services.refusals import Refused
from recovery.web.clinic import patient
from recovery.web.clinic.doors import add_refusal, clinic_page

from .forms import EmergencyForm


@never_cache
@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def ask(request):
    """Asks whose record and why, and opens it; who one is is asked again."""
    form, now = EmergencyForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            access = emergencies.open_record(request.user, **form.cleaned_data, now=now)
        except Refused as refused:
            emergencies.note_refusal(request.user, now)
            add_refusal(form, refused)
        else:
            return redirect("emergency:record", access.pk)
    opened = EmergencyAccess.objects.of(request.user).standing(now).select_related("patient")
    note_shown(request, [access.patient_id for access in opened])
    context = {"tab": "team", "form": form, "opened": opened}
    return render(request, "recovery/emergency/ask.html", context, status=400 if form.errors else 200)


@never_cache
@clinic_page
@require_safe
def record(request, access_id):
    """The patient's record, to read; after the hour there is nothing here."""
    now = timezone.now()
    mine = EmergencyAccess.objects.of(request.user).standing(now).select_related("patient")
    access = get_object_or_404(mine, pk=access_id)
    note_shown(request, [access.patient_id])
    episode = emergencies.record_of(access)
    if episode is None:
        raise Http404
    context = {"tab": "team", "access": access, **patient.picture_of(episode, request.GET.get("days"), now)}
    return render(request, "recovery/emergency/record.html", context)
