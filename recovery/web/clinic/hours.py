"""When a clinic reads, and days on which it does not; patients see both before they write."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Clinic
from accounts.services.clinics import set_reading_times
from recovery.rules.reminders import local_day
from recovery.services import absences
from recovery.services.refusals import Refused

from .doors import add_refusal, clinic_page
from .thread_forms import AbsenceForm, ReadingForm


@clinic_page
@require_safe
def show(request):
    """Reading times and absences of each clinic one works in."""
    return _page(request)


@clinic_page
@require_POST
def reading(request, clinic_id):
    """Saves when messages are read."""
    clinic, form = _clinic(request, clinic_id), ReadingForm(request.POST)
    if not form.is_valid():
        return _page(request, clinic, reading=form)
    set_reading_times(clinic, form.cleaned_data["reading_times"])
    messages.success(request, _("Saved. Patients see it before they write."))
    return redirect("clinic:hours")


@clinic_page
@require_POST
def away(request, clinic_id):
    """Announces days on which nobody reads."""
    clinic, form, now = _clinic(request, clinic_id), AbsenceForm(request.POST), timezone.now()
    if form.is_valid():
        try:
            absences.announce(clinic, **form.cleaned_data, by=request.user, today=_today(request, now), now=now)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Saved. Patients see it before they write."))
            return redirect("clinic:hours")
    return _page(request, clinic, away=form)


@clinic_page
@require_POST
def back(request, clinic_id):
    """Somebody reads again."""
    now = timezone.now()
    absences.end(_clinic(request, clinic_id), _today(request, now), now)
    messages.success(request, _("Ended. Patients see your usual times again."))
    return redirect("clinic:hours")


def _clinic(request, clinic_id) -> Clinic:
    return get_object_or_404(Clinic.objects.of_staff(request.user), pk=clinic_id)


def _today(request, now):
    return local_day(now, request.user.zone)


def _page(request, chosen=None, **bound):
    today = _today(request, timezone.now())
    found = [_of(clinic, today, bound if clinic == chosen else {}) for clinic in Clinic.objects.of_staff(request.user)]
    faulty = next(iter(bound.values()), None)
    context = {"tab": "hours", "found": found, "faulty": faulty}
    return render(request, "recovery/clinic/hours.html", context, status=400 if bound else 200)


def _of(clinic, today, bound) -> dict:
    prefix = f"c{clinic.pk.hex[:6]}_%s"
    return {
        "clinic": clinic,
        "absence": absences.upcoming(clinic, today).first(),
        "reading": bound.get("reading") or ReadingForm(initial={"reading_times": clinic.reading_times}, auto_id=prefix),
        "away": bound.get("away") or AbsenceForm(auto_id=prefix),
    }
