"""Messages: which clinics, one conversation, and writing in it."""

from http import HTTPStatus
from uuid import uuid4

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Clinic
from recovery.models import Thread
from recovery.services import threads
from recovery.services.refusals import Refused
from recovery.web.access import patient_required

from ..answers import is_for_keeping, say, see_other
from ..day import today_of
from ..forms.fields import add_refusal
from ..forms.thread import MessageForm
from ..presenters.thread import conversations_of, thread_page


@never_cache
@patient_required
@require_safe
def conversations(request):
    """Every clinic there is to write with; with only one, its conversation at once."""
    found = conversations_of(request.user)
    if len(found) == 1 and not is_for_keeping(request):
        return see_other("patient:thread", found[0].clinic.pk)
    return render(request, "recovery/patient/threads.html", {"conversations": found})


@never_cache
@patient_required
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request, clinic_id):
    """One conversation, oldest message first."""
    clinic, now = _clinic(request.user, clinic_id), timezone.now()
    if request.method == "POST":
        return _send(request, clinic, now)
    response = _show(request, clinic, now, MessageForm(initial={"key": uuid4()}))
    is_seen = request.method == "GET" and not is_for_keeping(request)
    if is_seen and (known := threads.between(request.user, clinic)):
        threads.mark_read(known, request.user, now)
    return response


def _clinic(patient, clinic_id) -> Clinic:
    """A clinic the patient shares with, or has written with before; any other is not there."""
    written = Thread.objects.of(patient).values("clinic")
    chosen = Clinic.objects.chosen_by(patient).values("pk")
    return get_object_or_404(Clinic, Q(pk__in=written) | Q(pk__in=chosen), pk=clinic_id)


def _send(request, clinic, now):
    form = MessageForm(request.POST)
    if form.is_valid():
        written = form.cleaned_data
        try:
            threads.send(request.user, request.user, clinic, written["text"], written["key"], now)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            say(request, "message_sent")
            return see_other("patient:thread", clinic.pk)
    return _show(request, clinic, now, form.with_fresh_key())


def _show(request, clinic, now, form):
    page = thread_page(request.user, clinic, today_of(request.user, now))
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "recovery/patient/thread.html", {"page": page, "form": form}, status=status)
