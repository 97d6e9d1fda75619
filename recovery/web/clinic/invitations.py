"""Inviting patients by e-mail; the answer never tells whether an address is known here."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Clinic, Invitation
from recovery.services.invitations import invite
from recovery.services.refusals import Refused

from .doors import clinic_page
from .forms import InviteForm

SHOWN = 100


@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request):
    """My clinics' invitations, and a form for the next one."""
    clinics = Clinic.objects.of_staff(request.user)
    if not clinics.exists():
        return render(request, "recovery/clinic/no_clinic.html", {"tab": "invitations"})
    now = timezone.now()
    form = InviteForm(request.POST or None, clinics=clinics)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            invite(asked["clinic"], asked["email"], request.user, now, asked.get("plan", ""))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("clinic:invitations")
    context = {
        "form": form,
        "clinics": list(clinics),
        "now": now,
        "sent": Invitation.objects.filter(clinic__in=clinics).select_related("clinic", "invited_by")[:SHOWN],
    }
    return render(request, "recovery/clinic/invitations.html", context, status=400 if form.errors else 200)
