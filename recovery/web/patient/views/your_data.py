"""A patient's data in their own hands: take them along, or have all of it erased."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Consent
from accounts.step_up import confirmed
from recovery.services import erasure, export
from recovery.web.access import patient_required

FILES = {
    "json": (lambda person, now: export.as_json(person, now), "application/json"),
    "csv": (lambda person, now: export.as_csv(person), "text/csv; charset=utf-8"),
}


@never_cache
@patient_required
@require_safe
def your_data(request):
    """What there is to take along, what is kept how long, and the way out."""
    return render(request, "recovery/patient/your_data.html")


@never_cache
@patient_required
@require_POST
@confirmed
def download(request, kind):
    """One file, written while it is being sent."""
    if kind not in FILES:
        raise Http404
    write, media_type = FILES[kind]
    now = timezone.now()
    name = f"backstride-{timezone.localtime(now, request.user.zone):%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(write(request.user, now), content_type=media_type, headers=headers)


@never_cache
@patient_required
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def erase(request):
    """Says what goes and what stays, asks for one word, then erases everything at once."""
    if request.method != "POST" or request.POST.get("sure") != "yes":
        context = {
            "clinics": [row.clinic for row in Consent.objects.active().of(request.user).select_related("clinic")],
            "forgot": request.method == "POST",
        }
        return render(request, "recovery/patient/erase.html", context, status=400 if context["forgot"] else 200)
    person = request.user
    logout(request)
    erasure.erase(person, timezone.now())
    messages.success(request, render_to_string("recovery/patient/messages/erased.txt").strip())
    return redirect("home")
