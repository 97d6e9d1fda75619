"""Pages about sharing a diary with a clinic."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..models import Clinic
from ..services import invitations
from ..services.consent import withdraw_consent
from ..services.invitations import InvitationRefused, Refusal
from .forms import AcceptInvitationForm

STATUS_OF_REFUSAL = {
    Refusal.UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.NOT_A_PATIENT: HTTPStatus.FORBIDDEN,
    Refusal.OTHER_ADDRESS: HTTPStatus.BAD_REQUEST,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Shows what accepting an invitation means, and accepts it."""
    try:
        if request.method == "POST":
            return accept_invitation(request, token)
        return show_invitation(request, token)
    except InvitationRefused as refused:
        return refuse(request, refused.refusal)


def show_invitation(request, token):
    """What would be shared with whom; open to anybody who holds the link."""
    found = invitations.find(token)
    if request.user.is_authenticated:
        if invitations.standing_consent(found, request.user):
            return render(request, "accounts/invitation_accepted.html", {"clinic": found.clinic})
        if not request.user.is_patient:
            raise InvitationRefused(Refusal.NOT_A_PATIENT)
    invitations.check_open(found, timezone.now())
    return ask_to_accept(request, found, invitation_form(request, found))


def accept_invitation(request, token):
    """Records the agreement, or asks again what is missing."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = invitations.find(token)
    form = invitation_form(request, found, request.POST)
    if not form.is_valid():
        return ask_to_accept(request, found, form, HTTPStatus.BAD_REQUEST)
    consent = invitations.accept(token, request.user, timezone.now(), is_confirmed=True)
    say(request, "accounts/messages/joined_clinic.txt", clinic=consent.clinic)
    return go_home()


def invitation_form(request, found, data=None):
    """The question to answer: none for the invited address, "is it yours?" for another."""
    is_invited = request.user.is_anonymous or invitations.is_for(found, request.user)
    return AcceptInvitationForm(data, is_for_this_address=is_invited)


def ask_to_accept(request, found, form, status=HTTPStatus.OK):
    context = {"clinic": found.clinic, "expires_at": found.expires_at, "form": form}
    return render(request, "accounts/invitation.html", context, status=status)


def refuse(request, refusal):
    """One page, one sentence for each reason."""
    status = STATUS_OF_REFUSAL.get(refusal, HTTPStatus.GONE)
    return render(request, "accounts/invitation_refused.html", {"refusal": refusal.value}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_clinic(request, clinic_id):
    """Asks once, then ends the sharing with a clinic at once."""
    clinic = get_object_or_404(Clinic.objects.chosen_by(request.user), pk=clinic_id)
    if request.method != "POST":
        return render(request, "accounts/leave_clinic.html", {"clinic": clinic})
    withdraw_consent(request.user, clinic, timezone.now())
    say(request, "accounts/messages/left_clinic.txt", clinic=clinic)
    return go_home()


def say(request, template, **context):
    """A banner on the next page; its words live in a template."""
    messages.success(request, render_to_string(template, context, request).strip())


def go_home():
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
