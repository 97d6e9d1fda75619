"""Messages with a patient, seen from the clinic."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Clinic, Consent
from recovery.models import Thread
from recovery.services import threads
from recovery.services.refusals import Refused

from .doors import add_refusal, clinic_page, find_episode
from .thread_forms import ReplyForm


@never_cache
@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request, episode_id):
    """The conversations this clinician may read, and a place to answer."""
    episode, now = find_episode(request, episode_id), timezone.now()
    clinics = shared_clinics(request.user, episode.patient)
    if request.method == "POST":
        return _send(request, episode, clinics, now)
    response = _show(request, episode, clinics, ReplyForm(clinics=clinics, initial={"key": uuid4()}))
    if request.method == "GET":
        for each in Thread.objects.visible_to(request.user).filter(patient=episode.patient):
            threads.mark_read(each, request.user, now)
    return response


@clinic_page
@require_POST
def settle(request, episode_id, clinic_id):
    """The patient's last word needs no answer."""
    episode = find_episode(request, episode_id)
    visible = Thread.objects.visible_to(request.user).filter(patient=episode.patient)
    each = get_object_or_404(visible, clinic=clinic_id)
    threads.needs_no_answer(each)
    messages.success(request, _("Noted. It no longer waits for an answer."))
    return redirect("clinic:thread", episode.pk)


def shared_clinics(clinician, patient):
    """Clinics this clinician works in and the patient shares with, now."""
    chosen = Consent.objects.active().of(patient).filter(purpose=Consent.Purpose.SHARE_WITH_CLINIC)
    return Clinic.objects.of_staff(clinician).filter(pk__in=chosen.values("clinic")).distinct()


def conversations(clinician, patient) -> list[dict]:
    """Each conversation this clinician may read, with its lines."""
    found = Thread.objects.visible_to(clinician).filter(patient=patient).select_related("clinic")
    return [{"thread": each, "lines": threads.lines(each, clinician)} for each in found]


def _send(request, episode, clinics, now):
    form = ReplyForm(request.POST, clinics=clinics)
    if form.is_valid():
        written = form.cleaned_data
        try:
            threads.send(request.user, episode.patient, written["clinic"], written["text"], written["key"], now)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Sent. They get an e-mail that a message waits, without a word of it."))
            return redirect("clinic:thread", episode.pk)
    return _show(request, episode, clinics, form.with_fresh_key())


def _show(request, episode, clinics, form):
    context = {
        "tab": "panel",
        "episode": episode,
        "conversations": conversations(request.user, episode.patient),
        "clinics": clinics,
        "form": form,
    }
    return render(request, "recovery/clinic/thread.html", context, status=400 if form.is_bound else 200)
